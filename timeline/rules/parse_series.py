"""Parse rules of many dates, in the words in which councils say them."""

from collections.abc import Callable
from datetime import date

from timeline.rules.lexer import NTH, RuleWords, read_anchor, read_number, read_unit
from timeline.rules.rrule import checked_rrule, never_comes
from timeline.rules.rule import (
    MONTHS,
    WEEKDAYS,
    AfterHoliday,
    Anchored,
    Days,
    Every,
    Excepted,
    Monthly,
    MonthlyWorkingDay,
    Plain,
    Quarterly,
    Recurring,
    RuleError,
    Termly,
    ordinal,
)

# No month has fewer working days: February at its shortest, April with both days of Easter.
FEWEST_WORKING_DAYS = 15
_NTH_WORKING = {ordinal(nth): nth for nth in (*range(1, FEWEST_WORKING_DAYS + 1), -1)}
_TUESDAYS = "monthly on the 2nd and 4th tuesday"
_WORKING_DAY = "monthly on the last working day"
_RRULE = "RRULE:FREQ=MONTHLY;BYDAY=2TU from 2019-10-01"


def read_series(words: RuleWords) -> Plain | None:
    """Read a rule of many dates; None, with nothing read, when the words begin no such rule."""
    first = words.peek()
    if first.startswith("rrule:"):
        return _recurring(words)
    if first in _STARTS:
        words.place += 1
        return _STARTS[first](words)
    if first in _NTH_WORKING:
        return _days_of_month(words)
    return None


def read_days_of_month(words: RuleWords) -> Plain | None:
    """Read "the 2nd and 4th tuesday" or "the tuesday after a bank holiday" after its "on"; None for other words."""
    return _the(words) if words.has("the") else None


def read_exception(rule: Plain, words: RuleWords) -> Plain | Excepted:
    """Read "except august" behind a rule of many days; the day to begin may stand behind it too."""
    example = f"{_TUESDAYS} except august"
    if not words.has("except"):
        return rule
    months = [_month(words, example)]
    while words.has("and"):
        months.append(_month(words, example))
    if not isinstance(rule, Days):
        raise RuleError(f"Rule “{rule}” gives no series of days, expected that before “except”, such as “{example}”.")
    if rule.anchor is None:
        rule = _begun(rule, _start(words))
    if len(set(months)) == len(MONTHS):
        raise RuleError(f"Rule “{rule}” leaves out every month and never comes, expected such as “{example}”.")
    return Excepted(rule, tuple(sorted(set(months))))


def _begun(rule: Days, anchor: Anchored | None) -> Days:
    match rule:
        case Monthly(nths, weekday):
            return Monthly(nths, weekday, anchor)
        case MonthlyWorkingDay(nth):
            return MonthlyWorkingDay(nth, anchor)
        case AfterHoliday(weekday):
            return AfterHoliday(weekday, anchor)
        case _:
            return rule


def _month(words: RuleWords, example: str) -> int:
    words.has("in")
    return MONTHS.index(words.next(MONTHS, example)) + 1


def _quarterly(words: RuleWords) -> Plain:
    words.next(("from",), "quarterly from 2019-11-28")
    return Quarterly(read_anchor(words, "quarterly from 2019-11-28"))


def _monthly(words: RuleWords) -> Plain:
    words.next(("on",), "monthly on the 2nd tuesday")
    words.next(("the",), "monthly on the 2nd tuesday")
    rule = _the(words)
    if isinstance(rule, AfterHoliday):
        raise RuleError(f"Bank holidays do not come monthly, expected the rule without “monthly on”: “{rule}”.")
    return rule


def _the(words: RuleWords) -> Plain:
    if words.peek() in WEEKDAYS or words.peek() == "working":
        return _after_holiday(words)
    return _days_of_month(words)


def _days_of_month(words: RuleWords) -> Plain:
    following = words.words[words.place + 1 : words.place + 2]
    if following == ["working"]:
        nth = _NTH_WORKING[words.next(_NTH_WORKING, _WORKING_DAY)]
        words.next(("working",), _WORKING_DAY)
        words.next(("day",), _WORKING_DAY)
        return MonthlyWorkingDay(nth, _start_in_month(words))
    nths = [NTH[words.next(NTH, _TUESDAYS)]]
    while words.has("and"):
        nths.append(NTH[words.next(NTH, _TUESDAYS)])
    if len(set(nths)) < len(nths):
        raise RuleError(f"The rule says “{ordinal(nths[-1])}” twice, expected each once, such as “{_TUESDAYS}”.")
    weekday = WEEKDAYS.index(words.next(WEEKDAYS, _TUESDAYS))
    return Monthly(tuple(nths), weekday, _start_in_month(words))


def _start_in_month(words: RuleWords) -> Anchored | None:
    if words.has("of"):
        words.next(("the", "each", "every"), f"{_TUESDAYS} of the month")
        words.next(("month",), f"{_TUESDAYS} of the month")
    return _start(words)


def _start(words: RuleWords) -> Anchored | None:
    return read_anchor(words, f"{_TUESDAYS} from 2019-10-01") if words.has("from") else None


def _after_holiday(words: RuleWords) -> Plain:
    example = "the tuesday after a bank holiday"
    weekday = None if words.has("working", "day") else WEEKDAYS.index(words.next(WEEKDAYS, example))
    words.next(("after",), example)
    words.next(("a", "each", "every"), example)
    words.next(("bank",), example)
    words.next(("holiday",), example)
    return AfterHoliday(weekday, _start(words))


def _every(words: RuleWords) -> Plain:
    example = "every 6 weeks from 2019-10-22"
    if words.has("term"):
        return Termly(_start(words))
    n = read_number(words, example)
    if words.peek() in ("working", "year", "years"):
        words.fail("days, weeks or months", example)
    unit = read_unit(words, example)
    words.next(("from",), example)
    return Every(n, unit, read_anchor(words, example))


def _recurring(words: RuleWords) -> Plain:
    parts = []
    while words.peek() not in ("from", ""):
        parts.append(words.peek())
        words.place += 1
    rrule = checked_rrule("".join(parts).removeprefix("rrule:").upper())
    words.next(("from",), _RRULE)
    rule = Recurring(rrule, read_anchor(words, _RRULE))
    if isinstance(rule.anchor, date) and never_comes(rrule, rule.anchor):
        raise RuleError(f"Rule “{rule}” never comes, expected a rule that gives a date, such as “{_RRULE}”.")
    return rule


_STARTS: dict[str, Callable[[RuleWords], Plain]] = {
    "quarterly": _quarterly,
    "termly": lambda words: Termly(_start(words)),
    "monthly": _monthly,
    "every": _every,
    "the": _the,
}
