"""Invent sixty councils of every kind, each the same whenever it is asked for."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from config.load import examine
from config.new_council.catalogue import choose, offered
from config.new_council.questions import Newcomer
from config.new_council.timeline_file import timeline_of
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import months_after
from timeline.definitions.council import CouncilTimeline

HOW_MANY = 60
_LAST_PLAN_ON = date(2028, 9, 15)
# What the Act of 1971 gives for 2029, as a council states it whose plan lies past the published calendar.
_OF_2029 = ("01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26")
BODIES = ("cabinet", "committees", "mayor")
TRACKS = ("direction", "notice", "both", "trust")
RECEIPTS = ("known", "unknown", "late")
WORST_DAYS = {
    "Maundy Thursday": date(2024, 3, 28),
    "Maundy Thursday, a week into an election": date(2025, 4, 17),
    "Maundy Thursday with the May elections": date(2026, 4, 2),
    "23 December, a Monday": date(2024, 12, 23),
    "23 December, a Tuesday": date(2025, 12, 23),
    "23 December, a Wednesday": date(2026, 12, 23),
    "mid-May: the plan falls due at the end of August recess": date(2025, 5, 15),
    "mid-May between two bank holidays": date(2026, 5, 14),
    "mid-May of a year without elections": date(2027, 5, 17),
    "the day before a general election was called": date(2019, 11, 5),
    "the day before the local elections' period": date(2025, 3, 24),
    "the day before the local elections' period, 2026": date(2026, 3, 29),
    "the day of local elections": date(2024, 5, 2),
    "August recess": date(2025, 8, 12),
    "the Friday before the August bank holiday": date(2026, 8, 28),
    "a leap day": date(2024, 2, 29),
    "New Year's Eve": date(2026, 12, 31),
    "the day after a Queen died, before a funeral was proclaimed": date(2022, 9, 9),
    "the last days for which a plan can be counted": date(2028, 9, 18),
    "late September 2028, past which no plan can be counted": date(2028, 9, 25),
}
ELECTIONS = {
    "General election": (date(2019, 11, 6), date(2019, 12, 12)),
    "Local elections 2024": (date(2024, 3, 26), date(2024, 5, 2)),
    "General election 2024": (date(2024, 5, 25), date(2024, 7, 4)),
    "Local elections 2025": (date(2025, 3, 25), date(2025, 5, 1)),
    "Local elections 2026": (date(2026, 3, 30), date(2026, 5, 7)),
    "Local elections 2027": (date(2027, 3, 29), date(2027, 5, 6)),
    "General election, invented": (date(2029, 4, 2), date(2029, 5, 3)),
}


@dataclass(frozen=True)
class Invented:
    """Hold an invented council: `why` names its kinds, `timeline` is live from the day of publication."""

    number: int
    why: str
    body: str
    published_on: date
    until_on: date
    timeline: CouncilTimeline


@cache
def invented(number: int) -> Invented:
    """Invent the council of this number, from a file as `daymark new` writes it and what a council fills in."""
    luck = random.Random(f"council {number}")  # noqa: S311 (a story, not a secret)
    # 20 days and 3 bodies meet once each; the tracks and receipts are laid across them.
    body, (day, on) = BODIES[number % 3], list(WORST_DAYS.items())[number % 20]
    track, receipt = TRACKS[(number + number // 20) % 4], RECEIPTS[(number // 3 + number // 20) % 3]
    until_on = min(months_after(on, 12), calendars().law.last_on)
    practices = _practices(luck, number)
    given = Newcomer(
        name=f"Anytown {number} Council",
        published_on=on,
        received_on=_working(on, -luck.randrange(0, 9)) if receipt == "known" else None,
        any_name=True,
        practices=practices,
    )
    file = yaml.load(timeline_of(given, file="invented.yaml"), yaml.BaseLoader)  # noqa: S506 (words alone)
    file["practices"] = list(practices)
    file["facts"] += [*_received(luck, on, receipt), *_track(luck, on, track), *_lived(luck, on, until_on, body)]
    file |= _bodies(luck, on, until_on, body) | {"live_from": on, "shadow_until": "never"}
    file["pre_election_periods"] = list(_elections(on, until_on))
    if on > _LAST_PLAN_ON and number >= 40:
        file["proclaimed_bank_holidays"] = list(_proclaimed())
        until_on = months_after(on, 12)
    why = f"{number}: {day} ({on}), {body}, {track}, receipt {receipt}, {len(practices)} practices"
    return Invented(number, why, body, on, until_on, _read(file, on))


class _Words(yaml.SafeDumper):
    """Write a day that comes twice as itself each time, as the files of a council have it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _read(file: Mapping[str, Any], on: date) -> CouncilTimeline:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "invented.yaml"
        path.write_text(yaml.dump(dict(file), Dumper=_Words, sort_keys=False), encoding="utf-8")
        timeline, faults = examine(path, on=on)
    assert timeline, [str(fault) for fault in faults]
    return timeline


def _practices(luck: random.Random, number: int) -> tuple[str, ...]:
    """Give none, all, or some of the catalogue; every practice is chosen alone by some council."""
    names = tuple(offered())
    if number % 4 == 0:
        return ()
    if number % 4 == 1:
        return choose(["all"], []).keys
    wanted = [names[number % len(names)]] if number % 4 == 2 else luck.sample(names, luck.randrange(2, 8))
    return choose(wanted, []).keys


def _working(on: date, n: int) -> date:
    law = calendars().law
    return law.add(on, n) if n > 0 else law.subtract(on, -n) if n else on


def _fact(name: str, on: date, **more: Any) -> dict[str, Any]:
    return {"fact": name, "on": on, "known": on, "by": "Somebody", "source": "invented"} | more


def _received(luck: random.Random, on: date, receipt: str) -> Iterator[dict[str, Any]]:
    """Record the receipt only some days or weeks after publication."""
    if receipt == "late":
        known = _working(on, luck.choice([1, 2, 5, 20, 45]))
        yield _fact("report_received", _working(on, -luck.randrange(0, 9)), known=known)


def _track(luck: random.Random, on: date, track: str) -> Iterator[dict[str, Any]]:
    if track in ("direction", "both", "trust"):
        directed_on = _working(on, luck.choice([-4, 0, 0, 3, 30]))
        yield _fact("statutory_direction", directed_on)
        yield _fact("commissioner_appointed", directed_on)
        yield from _reports(luck, directed_on, luck.choice([1, 2, 3]))
        instructed_on = _working(directed_on, 20)
        yield _fact("instruction_received", instructed_on, **{"for": "commissioner-instruction/1"})
        due_on = _working(instructed_on, luck.choice([3, 15]))
        yield _fact("instruction_due", due_on, known=instructed_on, **{"for": "commissioner-instruction/1"})
    if track in ("notice", "both"):
        noticed_on = _working(on, luck.choice([0, 7, 40]))
        yield _fact("notice_issued", noticed_on, **{"for": "improvement-notice/1"})
        yield _fact("adviser_appointed", _working(noticed_on, 12), **{"for": "improvement-notice/1"})
    if track == "trust":
        revised_on = months_after(on, 9)
        if revised_on <= calendars().law.last_on:
            yield _fact("direction_revised", revised_on)


def _reports(luck: random.Random, directed_on: date, reports: int) -> Iterator[dict[str, Any]]:
    """Let the commissioner report once or more often: a further report is asked for once she has reported."""
    for number in range(1, reports + 1):
        due_on = months_after(directed_on, 1 + 2 * number) + timedelta(days=luck.randrange(28))
        known = directed_on if number == 1 else months_after(directed_on, 2 * number)
        of = {} if number == 1 else {"for": f"commissioner-report/{number}"}
        if due_on <= calendars().law.last_on:
            yield _fact("commissioner_report_due", due_on, known=known, **of)


def _lived(luck: random.Random, on: date, until_on: date, body: str) -> Iterator[dict[str, Any]]:
    """Record what happens in the year: a day that Ofsted states, a first visit, meetings that take a report."""
    if luck.random() < 0.3:
        yield _fact("action_plan_stated_due", _working(on, luck.choice([35, 50, 66])), known=_working(on, 2))
    if on + timedelta(days=200) <= until_on:
        visit_on, letter_on, of = _working(on, 85), _working(on, 103), {"for": "monitoring-visit/1"}
        yield _fact("visit_confirmed", visit_on, until=_working(visit_on, 1), known=_working(visit_on, -25), **of)
        if luck.random() < 0.5:
            yield _fact("draft_letter_received", letter_on, **of)
    meeting_on, kind = (
        _tuesday(_working(on, luck.choice([2, 12, 40]))),
        "committee" if body == "committees" else "cabinet",
    )
    yield _fact(f"{kind}_meeting", meeting_on, known=on, **{"for": f"{kind}-report/1"})
    scrutiny_on = _working(on, luck.choice([10, 50]))
    yield _fact("scrutiny_meeting", scrutiny_on, known=on, **{"for": "scrutiny-report/1"})


def _tuesday(on: date) -> date:
    return _working(on + timedelta(days=(1 - on.weekday()) % 7) - timedelta(days=1), 1)


def _bodies(luck: random.Random, on: date, until_on: date, body: str) -> dict[str, Any]:
    """State who agrees the plan: Cabinet, a mayor's Cabinet, or committees, in a stage or two."""
    weeks = [on + timedelta(weeks=n) for n in range(1, 30, 5)]
    meetings = [_tuesday(week) for week in weeks if week.month != 8 and week <= until_on - timedelta(weeks=3)]
    later = [_working(meeting, 7) for meeting in meetings]
    two_stages = luck.random() < 0.5
    if body == "committees":
        children = {"title": "Children and Families Committee", "executive": False, "meetings": meetings}
        council = {"title": "Full Council", "executive": False, "meetings": later}
        by = ["children", "council"] if two_stages else ["children"]
        return {"committees": {"children": children, "council": council}, "sign_off": {"by": by}}
    title = "Mayor and Cabinet" if body == "mayor" else "Cabinet"
    posts = {"posts": {"leader": {"title": "Elected mayor"}}} if body == "mayor" else {}
    return {"committees": {"cabinet": {"title": title, "meetings": meetings}}} | posts


def _proclaimed() -> Iterator[dict[str, Any]]:
    for day in _OF_2029:
        yield {"on": f"2029-{day}", "name": "Bank holiday", "source": "Act of 1971"}


def _elections(on: date, until_on: date) -> Iterator[dict[str, Any]]:
    for name, (from_on, last_on) in ELECTIONS.items():
        if from_on <= until_on and last_on >= on:
            yield {"name": name, "from": from_on, "until": last_on}
