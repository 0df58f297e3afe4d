"""Write down what will happen in a seed before it begins, each event from a chance of its own."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from tests.simulation.days import DAY
from tests.simulation.hardships import writing as hardships
from tests.simulation.programme import writing as programme
from tests.simulation.script import Event, Luck, Script, instant, some
from tests.simulation.town import EXTRA, Town, draw

YEARS = timedelta(days=730)


def write(seed: int, *, with_programme: bool = False) -> Script:
    """Give the script of a seed: two years of it, with the records of a programme if asked."""
    town = draw(seed)
    events = [event for make in _KINDS for event in make(seed, town)]
    events += hardships.write(seed, town, tuple(events))
    events += programme.write(seed, town, days=YEARS.days) if with_programme else ()
    in_order = tuple(sorted(events, key=lambda each: (each.at, each.id)))
    return Script(seed, in_order, town.start + YEARS, with_programme=with_programme)


def _outages(seed: int, town: Town) -> Iterator[Event]:
    """See that the mail server is away, hangs after it took a mail or before, puts mails off, or hands them on late."""
    for id_, luck in some(seed, "outage", 4):
        on = luck.weekday(town)
        kind = luck.draw.choice(["unreachable", "unreachable", "hangs-taken", "hangs-lost", "put-off", "late"])
        hours = luck.draw.choice([1, 3, 7, 30, 80, 200])
        begins = instant(on, luck.draw.choice([time(7), time(8, 25), time(12)]))
        yield Event(id=id_, kind=kind, at=begins, until=begins + timedelta(hours=hours))


def _dead_mailboxes(seed: int, town: Town) -> Iterator[Event]:
    """See that a mailbox is refused, or what is sent to it comes back hours later, until its address is put right."""
    people = sorted(town.timeline.directory.people)
    for id_, luck in some(seed, "dead", 2):
        begins = instant(luck.weekday(town), luck.hour())
        kind, days = luck.draw.choice(["refused", "bounces"]), luck.draw.randint(2, 60)
        yield Event(id=id_, kind=kind, at=begins, until=begins + timedelta(days=days), who=luck.draw.choice(people))


def _machine(seed: int, town: Town) -> Iterator[Event]:
    """See that it is off; Prefect forgets its runs, makes them twice or late; somebody stops all sending."""
    for id_, luck in some(seed, "off", 2):
        begins = instant(luck.weekday(town), time(6))
        yield Event(id=id_, kind="off", at=begins, until=begins + timedelta(days=luck.draw.choice([1, 2, 6, 14])))
    for id_, luck in some(seed, "prefect", 3):
        begins = instant(luck.weekday(town), time(6))
        kind = luck.draw.choice(["missed", "doubled", "belated"])
        yield Event(id=id_, kind=kind, at=begins, until=begins + timedelta(days=luck.draw.randint(1, 6)))
    for id_, luck in some(seed, "silence", 1):
        begins = instant(luck.weekday(town), luck.hour())
        yield Event(id=id_, kind="silence", at=begins, until=begins + timedelta(days=luck.draw.randint(1, 8)))


def _processes(seed: int, town: Town) -> Iterator[Event]:
    """See that a process ends before a statement; two work side by side."""
    for id_, luck in some(seed, "crash", 12):
        kind = luck.draw.choice(["morning", "notify", "notify", "answer", "change"])
        n = luck.draw.choice([luck.draw.randint(1, 12), luck.draw.randint(1, 60)])
        yield Event(id=id_, kind="crash", at=instant(luck.day(town), time(6)), what=kind, n=n)
    for id_, luck in some(seed, "two", 12):
        kind = luck.draw.choice(["morning", "notify", "notify", "send"])
        # A delivery has twenty or so transactions before the first claim, and as many after it.
        n = luck.draw.choice([1, 2, 3, 5, 8, luck.draw.randint(9, 40)])
        yield Event(id=id_, kind="two", at=instant(luck.day(town), time(6)), what=kind, n=n)


def _holidays(seed: int, town: Town) -> Iterator[Event]:
    for id_, luck in some(seed, "holiday", 2):
        known, notice = luck.weekday(town), luck.draw.choice([2, 5, 9, 12, 25, 40])
        on = known + timedelta(days=notice)
        if on.weekday() < 5:
            yield Event(id=id_, kind="holiday", at=instant(known, luck.hour()), on=on)


def _people(seed: int, town: Town) -> Iterator[Event]:
    """See that somebody leaves, with or without somebody who follows; goes on holiday; gets another address."""
    posts = sorted({holder.post for holder in town.timeline.directory.holders})
    officers = [post for post in posts if town.timeline.directory.posts[post].level.value not in ("member", "external")]
    for id_, luck in some(seed, "leaver", 2):
        on = luck.weekday(town)
        follows = luck.draw.choice([0, 0, 3, 20, -1])
        told = instant(on - timedelta(days=luck.draw.choice([0, 1, 10])), luck.hour())
        yield Event(
            id=id_, kind="leaves", at=told, who=luck.draw.choice(officers), on=on, n=follows, what=f"{EXTRA}-{id_}"
        )
    for id_, luck in some(seed, "holiday-of", 5):
        on, days = luck.weekday(town), luck.draw.choice([3, 7, 14, 21])
        told = instant(on - timedelta(days=luck.draw.choice([0, 2, 20])), luck.hour())
        yield Event(id=id_, kind="away", at=told, who=luck.draw.choice(officers), on=on, n=days)


def _facts(seed: int, town: Town) -> Iterator[Event]:
    """Write of visits confirmed, moved, held and cancelled; meetings, instructions, requests and letters."""
    for duty in town.timeline.obligations:
        make = _OF_DUTY.get(duty.key, _of_series)
        yield from make(seed, town, duty.key)


def _of_series(seed: int, town: Town, duty: str) -> Iterator[Event]:
    for id_, luck in some(seed, f"{duty}-moves", 4):
        ref = f"{duty}/{luck.draw.randint(1, 5)}"
        yield _set(luck, town, id_, ref, luck.draw.choice(["moved", "moved", "cancelled", "held"]))


def _of_each(first: str, due: str, days: tuple[int, ...]) -> Callable[[int, Town, str], Iterator[Event]]:
    """Write of a duty that each record of a fact makes, with the day by which it is due."""

    def make(seed: int, town: Town, duty: str) -> Iterator[Event]:
        for number in range(1, 4):
            luck = Luck(seed, f"{duty}/{number}")
            if luck.draw.random() < 0.8:
                on = luck.weekday(town, last=600)
                at = instant(on, luck.hour())
                ref = f"{duty}/{number}"
                by = on + timedelta(days=luck.draw.choice(days))
                if due:
                    yield Event(id=f"{ref}-due", kind="fact", at=at, who=ref, what=due, on=by)
                told = by if not due else on
                yield Event(id=ref, kind="fact", at=at + timedelta(minutes=1), who=ref, what=first, on=told)
                if luck.draw.random() < 0.3:
                    yield _set(luck, town, f"{ref}-moves", ref, luck.draw.choice(["moved", "cancelled"]), near=by)

    return make


def _visits(seed: int, town: Town, duty: str) -> Iterator[Event]:
    """See that each window is confirmed late; a draft letter comes in confidence and the letter itself some weeks
    later.
    """
    confirmed = "visit_confirmed" if duty == "monitoring-visit" else "action_planning_visit_confirmed"
    for number in range(1, 7 if duty == "monitoring-visit" else 2):
        luck, ref = Luck(seed, f"{duty}/{number}"), f"{duty}/{number}"
        on = town.start + timedelta(days=91 * (number - 1) + luck.draw.randint(25, 90))
        on = on if on.weekday() < 5 else on + 2 * DAY
        told = instant(on - timedelta(days=luck.draw.choice([3, 12, 30])), luck.hour())
        yield Event(id=ref, kind="fact", at=told, who=ref, what=confirmed, on=on, n=1)
        if luck.draw.random() < 0.4:
            yield _set(luck, town, f"{ref}-moves", ref, luck.draw.choice(["moved", "cancelled", "held"]), near=on)
        if luck.draw.random() < 0.7 and duty == "monitoring-visit":
            draft = on + timedelta(days=luck.draw.choice([14, 21]))
            issued = draft + timedelta(days=luck.draw.choice([7, 14, 28]))
            yield Event(
                id=f"{ref}-draft",
                kind="fact",
                at=instant(draft, time(9)),
                who=ref,
                what="draft_letter_received",
                on=draft,
            )
            yield Event(
                id=f"{ref}-letter", kind="fact", at=instant(issued, time(9)), who=ref, what="letter_issued", on=issued
            )


def _set(luck: Luck, town: Town, id_: str, ref: str, what: str, *, near: date | None = None) -> Event:
    """See that an occurrence is moved to a day, cancelled, or held: told around that day."""
    on = (near or luck.day(town, first=40)) + timedelta(days=luck.draw.randint(-9, 25))
    before = {"moved": luck.draw.choice([2, 8, 20, 45]), "cancelled": luck.draw.choice([1, 6, 20]), "held": 0}[what]
    on = on if on.weekday() < 5 else on + 2 * DAY
    told = instant(max(on - timedelta(days=before), town.start + 2 * DAY), luck.hour())
    return Event(id=id_, kind="fact", at=told, who=ref, what=what, on=told.date() if what == "cancelled" else on)


_OF_DUTY: dict[str, Callable[[int, Town, str], Iterator[Event]]] = {
    "commissioner-instruction": _of_each("instruction_received", "instruction_due", (9, 20, 45)),
    "assistance-request": _of_each("assistance_requested", "assistance_due", (6, 15, 40)),
    "focused-visit": _of_each("focused_visit_letter", "", (0,)),
    "cabinet-report": _of_each("cabinet_meeting", "", (12, 30, 60)),
    "scrutiny-report": _of_each("scrutiny_meeting", "", (12, 30, 60)),
    "monitoring-visit": _visits,
    "action-planning-visit": _visits,
}
_KINDS = (_outages, _dead_mailboxes, _machine, _processes, _holidays, _people, _facts)
