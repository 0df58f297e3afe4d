"""Test that every date agrees with a second calculation: numpy's business days over GOV.UK's own list
(second_count.py).
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import pytest

from tests.timeline import second_count
from tests.timeline.literals import day
from tests.timeline.second_count import Beyond, Days, Found
from timeline.calendar.bank_holidays import Calendars, calendars, official
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Anchor, evaluate, is_window, parse, series

RULES = 2000
FIRST_ON, LAST_ON = date(2012, 1, 1), date(2028, 12, 31)
DAY = timedelta(days=1)
# Christmas closures, as councils have them, and a year added by hand after the last one that is published.
CLOSED = {on for year in range(2012, 2028) for on in (date(year, 12, 24), date(year, 12, 29), date(year + 1, 1, 2))}
ADDED = {date(2029, *on) for on in ((1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26))}


class World(NamedTuple):
    """Hold bank holidays proclaimed late, days on which the council is closed, and both calendars made of them."""

    proclaimed: frozenset[date]
    closed: frozenset[date]

    @property
    def ours(self) -> Calendars:
        return calendars(dict.fromkeys(self.proclaimed, "proclaimed"), dict.fromkeys(self.closed, "closed"))

    @property
    def theirs(self) -> Days:
        return _theirs(self)


@cache
def _theirs(world: World) -> Days:
    return Days(world.proclaimed, world.closed)


OFFICIAL = World(frozenset(), frozenset())


class Case(NamedTuple):
    number: int
    rule: str
    x: date
    until: date
    world: World

    def __str__(self) -> str:
        proclaimed = sorted(on.isoformat() for on in self.world.proclaimed if on.year < 2029)
        closed = f"{len(self.world.closed)} closure days"
        return (
            f"rule {self.number}: “{self.rule}”, x is {self.x:%a} {self.x}, until {self.until}, {proclaimed}, {closed}"
        )


def _worlds(chance: random.Random) -> list[World]:
    """Give official days alone, days proclaimed at random, the council's closures, both, and with a year added."""
    span = [FIRST_ON + n * DAY for n in range((LAST_ON - FIRST_ON).days + 1)]
    proclaimed = [frozenset(chance.sample(span, 120)) for _ in range(6)]
    return [
        *(OFFICIAL for _ in range(6)),
        World(frozenset(), frozenset(CLOSED)),
        World(frozenset(ADDED), frozenset(CLOSED)),
        *(World(days, frozenset()) for days in proclaimed[:3]),
        *(World(days | ADDED, frozenset(CLOSED | set(chance.sample(span, 60)))) for days in proclaimed[3:]),
    ]


def _anchors(chance: random.Random) -> list[date]:
    """Give days at random, and those that go wrong first: days off, the ends of months, leap days, the
    calendar's ends.
    """
    span = [FIRST_ON + n * DAY for n in range((LAST_ON - FIRST_ON).days + 1)]
    edges = [LAST_ON - n * DAY for n in range(-40, 120, 3)] + [FIRST_ON + n * DAY for n in range(-20, 30, 2)]
    leap = [date(year, 2, 29) for year in range(2012, 2029, 4)]
    return [
        *chance.sample(span, 300),
        *chance.sample([on for on in span if on.weekday() >= 5], 80),
        *chance.sample([on for on in span if on.day == 31], 60),
        *chance.sample(sorted(official()), 100),
        *(on for on in leap for _ in range(8)),
        *edges,
    ]


def _single(chance: random.Random) -> str:
    small, large = chance.randint(1, 30), chance.randint(1, 260)
    unit = chance.choice(["day", "week", "month", "year"])
    rule = chance.choice(
        [
            f"{large} working days after x",
            f"{large} working days before x",
            f"{small} working days after x",
            f"{small} working days before x",
            f"{small} {unit}s {chance.choice(['after', 'before'])} x",
            f"{large} days {chance.choice(['after', 'before'])} x",
            f"{small} clear days before x",
            f"{small} clear working days before x",
            "by x",
            "on x",
        ]
    )
    return rule + chance.choice(["", "", "", " or next working day", " or previous working day"])


def _window(chance: random.Random) -> str:
    unit = chance.choice(["day", "week", "month", "year", "working day"])
    return f"within {chance.randint(1, 60)} {unit}s of x"


def _many(chance: random.Random) -> str:
    nth, weekday = chance.choice(["1st", "2nd", "3rd", "4th", "last"]), chance.choice(WEEKDAYS)
    unit = chance.choice(["day", "week", "month"])
    rule = chance.choice([f"monthly on the {nth} {weekday} from x", f"every {chance.randint(1, 40)} {unit}s from x"])
    rolled = chance.choice(["", "", " or next working day", " or previous working day"])
    return chance.choice(["quarterly from x", rule + rolled, rule + rolled])


WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def cases() -> Iterator[Case]:
    """Give the same rules at every run, so that a failure can be looked at again."""
    chance = random.Random(2007_462)  # noqa: S311 (a table of cases, no secret)
    worlds, anchors = _worlds(chance), _anchors(chance)
    for number in range(RULES):
        rule = chance.choice([_single, _single, _single, _window, _many])(chance)
        x = chance.choice(anchors)
        yield Case(number, rule, x, x + chance.randint(0, 900) * DAY, chance.choice(worlds))


def ours(case: Case) -> list[Found] | str:
    """Tell what Daymark gives, every element of a series, or that it refuses to count."""
    known, both, rule = {"x": Anchor(case.x)}, case.world.ours, parse(case.rule)
    try:
        if second_count.is_series(case.rule):
            elements = series(rule, anchors=known, calendars=both, until=case.until, local=True)
            return [
                _with_working_date(element.opens_on, element.closes_on, is_window(rule), both) for element in elements
            ]
        outcome = evaluate(rule, anchors=known, calendars=both, local=True)
    except BeyondCalendar:
        return "refused"
    assert outcome.legal_on
    assert (outcome.working_on is None) == bool(outcome.working_on_missing)
    assert outcome.closes_on == (outcome.legal_on if is_window(rule) else None)
    return [Found(outcome.legal_on, outcome.working_on, outcome.opens_on)]


def _with_working_date(opens_on: date, closes_on: date, window: bool, both: Calendars) -> Found:
    outcome = evaluate(f"by {closes_on}", anchors={}, calendars=both)
    return Found(closes_on, outcome.working_on, opens_on if window else None)


def theirs(case: Case) -> list[Found] | str:
    """Tell what the second calculation gives, or that it would need a day whose bank holidays are not known."""
    dates, days = {"x": case.x}, case.world.theirs
    try:
        if second_count.is_series(case.rule):
            return second_count.every(case.rule, dates, days, until=case.until)
        return [second_count.outcome(case.rule, dates, days)]
    except Beyond:
        return "refused"


def test_two_thousand_random_rules_agree_with_numpy() -> None:
    differ = [
        f"{case}: we say {_told(mine)}, numpy {_told(second)}"
        for case, mine, second in ((case, ours(case), theirs(case)) for case in cases())
        if mine != second
    ]
    assert differ == []


def _told(given: list[Found] | str) -> str:
    return given if isinstance(given, str) else "; ".join(map(str, given))


def test_the_random_rules_meet_every_form_and_both_ends_of_the_calendar() -> None:
    met = [(case.rule, theirs(case)) for case in cases()]
    refused = [rule for rule, each in met if each == "refused"]
    unknown = [rule for rule, item in met if item != "refused" and any(each.working_on is None for each in item)]  # type: ignore[union-attr]
    assert len(met) == RULES
    assert len(refused) > 30
    assert len(unknown) > 30
    forms = ["clear working", "clear days", "by x", "within", "quarterly", "monthly on the last", "every", "or next"]
    assert [form for form in forms if sum(form in rule for rule, _ in met) < 20] == []


def test_a_series_listed_in_a_span_gives_the_same_dates_as_numpy() -> None:
    differ = []
    for case in cases():
        second = theirs(case)
        if second == "refused" or not second_count.is_series(case.rule) or "or previous" in case.rule:
            continue
        start = case.x + (case.until - case.x) / 2
        outcome = evaluate(
            case.rule, anchors={"x": Anchor(case.x)}, calendars=case.world.ours, span=(start, case.until), local=True
        )
        expected = [on for on in (each.opens_on or each.legal_on for each in second) if on >= start]  # type: ignore[union-attr]
        differ += [f"{case}: we list {outcome.dates}, numpy {expected}"] if list(outcome.dates) != expected else []
    assert differ == []


@pytest.mark.parametrize(
    ("rule", "legal", "working"),
    [
        ("70 working days after 2019-08-21", "Thu 28 Nov 2019", "Thu 28 Nov 2019"),
        ("70 working days after 2019-08-27", "Tue 3 Dec 2019", "Tue 3 Dec 2019"),
        ("30 working days after 2019-08-21", "Thu 3 Oct 2019", "Thu 3 Oct 2019"),
        ("by 2019-12-01", "Sun 1 Dec 2019", "Fri 29 Nov 2019"),
        ("70 working days after 2016-11-28", "Thu 9 Mar 2017", "Thu 9 Mar 2017"),
        ("5 clear working days before 2019-09-03", "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("28 clear days before 2019-09-24", "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("4 weeks after 2019-11-28", "Thu 26 Dec 2019", "Tue 24 Dec 2019"),
        ("1 working day after 2019-08-24", "Tue 27 Aug 2019", "Tue 27 Aug 2019"),
        ("1 working day after 2019-08-25", "Tue 27 Aug 2019", "Tue 27 Aug 2019"),
        ("1 working day after 2019-08-26", "Tue 27 Aug 2019", "Tue 27 Aug 2019"),
        ("1 working day before 2019-08-26", "Fri 23 Aug 2019", "Fri 23 Aug 2019"),
        ("5 working days before 2019-11-29", "Fri 22 Nov 2019", "Fri 22 Nov 2019"),
    ],
)
def test_both_give_the_golden_dates(rule: str, legal: str, working: str) -> None:
    golden = [Found(day(legal), day(working))]
    case = Case(0, rule, FIRST_ON, LAST_ON, OFFICIAL)
    assert (ours(case), theirs(case)) == (golden, golden)


def test_both_know_the_same_bank_holidays() -> None:
    assert set(official()) == second_count.official()
