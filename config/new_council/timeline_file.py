"""Write a whole timeline from a few facts, as the commented file that a council continues with."""

import json
import shlex
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from config.load import RULES
from config.new_council.authorities import authorities
from config.new_council.catalogue import PACK, offered
from config.new_council.questions import Newcomer, key_of
from config.rendering.templates import render
from config.timeline_files.pack_shapes import PackShape
from config.timeline_files.plain_yaml import read
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import DAY, months_after, start_of_week
from timeline.calendar.wording import long_date
from timeline.definitions.duties import Level

# Since then Ofsted gives no overall grade, so “inadequate overall” cannot be the reason.
NO_OVERALL_GRADE_FROM = date(2026, 4, 1)
# These facts are about an occurrence, and there is none yet.
_OF_ONE_OCCURRENCE = frozenset({"moved", "held", "cancelled"})


def timeline_of(given: Newcomer, *, file: str, rules: Path = RULES) -> str:
    """Write the YAML text; `file` is its name in comments. The posts are those of the present rule pack."""
    pack = PackShape.model_validate(read(rules / f"{PACK}.yaml"))
    known = _known(given)
    return render(
        "timeline.yaml.jinja",
        given=given,
        authority=authorities().find(given.name),
        key=key_of(given.name),
        file=shlex.quote(file),
        pack=PACK,
        quoted=_quoted,
        because=_because(given),
        no_overall_grade_from=NO_OVERALL_GRADE_FROM,
        staff=tuple(_posts(pack, reminded=True)),
        others=tuple(_posts(pack, reminded=False)),
        later={name: text for name, text in pack.facts.items() if name not in known | _OF_ONE_OCCURRENCE},
        rehearsed_until=min(months_after(given.published_on, 6), calendars().law.last_on),
        examples=_examples(given.published_on),
        offered=offered(),
    )


def _quoted(text: str) -> str:
    """Quote a text as both JSON and YAML read it: a name may hold any character that prints."""
    return json.dumps(text, ensure_ascii=False)


def _known(given: Newcomer) -> frozenset[str]:
    facts = {
        "inspection": given.inspected_on,
        "report_received": given.received_on,
        "report_published": given.published_on,
        "statutory_direction": given.directed_on,
        "commissioner_report_due": given.commissioner_on,
    }
    return frozenset(name for name, on in facts.items() if on)


def _because(given: Newcomer) -> str:
    if given.published_on < NO_OVERALL_GRADE_FROM:
        return "Ofsted judged its services for children inadequate"
    return "Ofsted's judgements on its services for children"


def _posts(pack: PackShape, *, reminded: bool) -> Iterator[Mapping[str, str]]:
    """Give the posts that are reminded, or those that never are: members and external bodies."""
    for key, post in pack.posts.items():
        if (post.level not in (Level.MEMBER, Level.EXTERNAL)) is reminded:
            title = post.title or key.replace("_", " ").capitalize()
            yield {"key": key, "person": key.replace("_", "-"), "title": title, "local": key.replace("_", ".")}


def _examples(published_on: date) -> Mapping[str, object]:
    """Give days near the report, so that an example needs only a change or two."""
    christmas = date(published_on.year, 12, 27)
    year = published_on.year if published_on < date(published_on.year, 3, 1) else published_on.year + 1
    elections = next(day for day in _days(date(year, 5, 1), 7) if day.weekday() == 3)
    return {
        "meetings": tuple(_weekday(published_on + timedelta(weeks=weeks)) for weeks in (4, 8, 12)),
        "panel": _weekday(published_on + timedelta(weeks=9)),
        "stated": _weekday(published_on + timedelta(weeks=13)),
        "closures": tuple(day for day in _days(christmas, 5) if calendars().law.is_working(day)),
        "elections": elections,
        "before_elections": elections - timedelta(weeks=6) + 4 * DAY,
        "received": published_on - timedelta(days=7),
        "inspected": (_weekday(published_on - timedelta(weeks=8)), _weekday(published_on - timedelta(weeks=7))),
        "away": (_weekday(published_on + timedelta(weeks=6)), _weekday(published_on + timedelta(weeks=7))),
        "published": long_date(published_on),
    }


def _days(first_on: date, n: int) -> Iterator[date]:
    return (first_on + k * DAY for k in range(n))


def _weekday(on: date) -> date:
    """Give the Tuesday of its week, a likely day for a committee."""
    return start_of_week(on) + DAY
