"""List the dates of a series, always counted from its anchor, so that the k-th stays the k-th."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count, groupby, takewhile

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import DAY, months_after
from timeline.calendar.working_days import WorkingCalendar
from timeline.rules.arithmetic import EARLIEST, LATEST, moved_by
from timeline.rules.outcome import Anchor, Element
from timeline.rules.parse import parse
from timeline.rules.rrule import RRULE_DAYS, recur
from timeline.rules.rule import (
    AfterHoliday,
    Every,
    Excepted,
    Monthly,
    MonthlyWorkingDay,
    Plain,
    Quarterly,
    Recurring,
    Rolled,
    Rule,
    RuleError,
    Termly,
    is_series,
    plain,
)

# No council closes for longer, so no date further off can roll into a span.
_LONGEST_CLOSURE = timedelta(days=14)
WEEK = timedelta(days=7)
# School terms differ from council to council; these months are those of the free early education entitlement.
TERMS = ((1, 3), (4, 7), (9, 12))


def series(
    rule: Rule | str,
    *,
    anchors: Mapping[str, Anchor],
    calendars: Calendars,
    until: date,
    start_on: date | None = None,
    local: bool = False,
) -> Iterator[Element]:
    """Give the elements that open up to `until` (included), numbered from 1 at the anchor.

    A rule without an anchor, such as “monthly”, begins to count at `start_on`; other rules ignore it. Empty while
    the rule waits for a name. RuleError for a rule that is not a series, or has no place to begin. BeyondCalendar comes
    after the last element for which working days need not be counted outside the verified years.
    """
    rule = parse(rule) if isinstance(rule, str) else rule
    if not is_series(rule):
        raise RuleError(f"Rule “{rule}” gives one date, expected a series such as “quarterly from 2019-11-28”.")
    check_local(rule, local=local)
    anchor = plain(rule).anchor
    if isinstance(anchor, str) and anchor not in anchors:
        return iter(())
    begin_on = anchored_on(rule, anchors) or start_on
    if begin_on is None:
        raise RuleError(f"Rule “{rule}” has no place to begin, expected “from” and a date, or a span.")
    return elements(rule, begin_on, until, calendars)


def check_local(rule: Rule, *, local: bool) -> None:
    """Raise RuleError when a rule that the council did not make moves the date itself."""
    if isinstance(rule, Rolled) and not local:
        raise RuleError(
            f"Rule “{rule}” moves the date itself, expected that only in the council's own rules: "
            "another date stays and its working date stands beside it."
        )


def anchored_on(rule: Rule, anchors: Mapping[str, Anchor]) -> date | None:
    """Give the date that a rule counts from; None when it has none of its own. RuleError outside 1900 to 2199."""
    anchor = plain(rule).anchor
    on = anchors[anchor].on if isinstance(anchor, str) else anchor
    if on is not None and not EARLIEST <= on <= LATEST:
        raise RuleError(f"“{anchor}” is dated {on}, expected a date from {EARLIEST.year} to {LATEST.year}.")
    return on


def elements(rule: Rule, begin_on: date, until: date, calendars: Calendars) -> Iterator[Element]:
    """Give the elements of a series from its beginning, none after 2199.

    An agreed date is moved to a day on which the council works, so closure days count here.
    """
    begin_on, until = max(begin_on, EARLIEST), min(until, LATEST)
    if until < begin_on - _LONGEST_CLOSURE:
        return iter(())
    if isinstance(rule, Rolled):
        return _numbered(_rolled(rule, begin_on, until, calendars))
    if isinstance(rule, Quarterly):
        return _quarters(begin_on, until)
    if isinstance(rule, Termly):
        return _terms(begin_on, until)
    return _numbered(_days(rule, begin_on, until, calendars.law))


def _numbered(days: Iterable[date]) -> Iterator[Element]:
    return (Element(k, on, on) for k, on in enumerate(days, start=1))


def _quarters(begin_on: date, until: date) -> Iterator[Element]:
    """Give the quarters, each counted from the first, so that the clamp of a short month is not carried on."""
    openings = (months_after(begin_on, 3 * k) for k in count())
    for k, opens_on in takewhile(lambda each: each[1] <= until, enumerate(openings, start=1)):
        yield Element(k, opens_on, months_after(begin_on, 3 * k) - DAY)


def _terms(begin_on: date, until: date) -> Iterator[Element]:
    """Give the school terms; the first may be under way already, and August belongs to none."""
    years = range(begin_on.year, until.year + 1)
    terms = ((date(year, first, 1), date(year, last, 31)) for year in years for first, last in TERMS)
    for k, (opens_on, closes_on) in enumerate((term for term in terms if term[1] >= begin_on), start=1):
        if max(opens_on, begin_on) <= until:
            yield Element(k, max(opens_on, begin_on), closes_on)


def _rolled(rule: Rolled, begin_on: date, until: date, calendars: Calendars) -> Iterator[date]:
    loose = rule.rule.anchor is None
    from_on, to_on = begin_on - _LONGEST_CLOSURE * loose, until + _LONGEST_CLOSURE * (not rule.forward)
    days = _days(rule.rule, max(from_on, EARLIEST), to_on, calendars.law)
    roll = calendars.office.roll_forward if rule.forward else calendars.office.roll_back
    # Several days of a weekend roll to the same working day, which is then a single date.
    for on, _ in groupby(roll(day) for day in days):
        if on <= until and (on >= begin_on or not loose):
            yield on


def _days(rule: Plain | Excepted, begin_on: date, until: date, law: WorkingCalendar) -> Iterator[date]:
    match rule:
        case Excepted(of, months):
            return (on for on in _days(of, begin_on, until, law) if on.month not in months)
        case Monthly(nths, weekday):
            numbered = ",".join(f"{nth:+d}{RRULE_DAYS[weekday]}" for nth in nths)
            return recur(f"FREQ=MONTHLY;BYDAY={numbered}", begin_on, until)
        case MonthlyWorkingDay(nth):
            return _working_days(nth, begin_on, until, law)
        case AfterHoliday(weekday):
            return _after_holidays(weekday, begin_on, until, law)
        case Every(n, unit):
            days = (moved_by(begin_on, n * k, unit) for k in count())
            return takewhile(lambda on: on <= until, days)
        case Recurring(rrule):
            return recur(rrule, begin_on, until)
    raise TypeError(f"{rule} is not a series of days")


def _working_days(nth: int, begin_on: date, until: date, law: WorkingCalendar) -> Iterator[date]:
    """Give the n-th or the last working day of each month."""
    months = (months_after(begin_on.replace(day=1), k) for k in count())
    for first_on in takewhile(lambda on: on <= until, months):
        on = law.add(first_on - DAY, nth) if nth > 0 else law.roll_back(months_after(first_on, 1) - DAY)
        if begin_on <= on <= until:
            yield on


def _after_holidays(weekday: int | None, begin_on: date, until: date, law: WorkingCalendar) -> Iterator[date]:
    """Give the day that follows each bank holiday, once where two holidays share it."""
    days = (after_holiday(holiday_on, weekday, law) for holiday_on, _ in law.holidays_between(begin_on - WEEK, until))
    yield from (on for on, _ in groupby(days) if begin_on <= on <= until)
    law.is_working(begin_on)
    law.is_working(until)


def after_holiday(holiday_on: date, weekday: int | None, law: WorkingCalendar) -> date:
    """Give the next working day after a bank holiday, or the next such weekday."""
    if weekday is None:
        return law.add(holiday_on, 1)
    return holiday_on + DAY * ((weekday - holiday_on.weekday() - 1) % 7 + 1)
