"""Reads a rule. Case and runs of white space do not matter; every fault is one sentence."""

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import NoReturn

from timeline.rules.language import (
    ORDINALS,
    WEEKDAYS,
    Anchored,
    By,
    Clear,
    Every,
    Monthly,
    Offset,
    On,
    Plain,
    Quarterly,
    Recurring,
    Rolled,
    Rule,
    RuleError,
    Unit,
    Within,
    is_window,
)
from timeline.rules.recurrence import checked_rrule

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_N = 9999
LONGEST_RULE = 400

_UNITS = {word: unit for unit in list(Unit)[1:] for word in (unit.value, f"{unit.value}s")}
_DAYS = ("days", "day")
_NTH = {word: nth for nth, word in ORDINALS.items()}
# A rule's own words are no names: "5 days after days" is a slip, not a fact called "days".
_RESERVED = {*_UNITS, *_NTH, *WEEKDAYS, "after", "before", "by", "clear", "every", "from"}
_RESERVED |= {"monthly", "next", "of", "on", "or", "previous", "quarterly", "the", "within", "working"}


@lru_cache(maxsize=4096)
def parse(text: str) -> Rule:
    """The rule that `text` says; RuleError says what was found, where, and what was expected."""
    if len(text) > LONGEST_RULE:
        raise RuleError(f"The rule is {len(text)} characters long, expected at most {LONGEST_RULE}.")
    words = _Words(text)
    rule = _suffixed(_plain(words), words)
    words.end()
    return rule


class _Words:
    """The words of a rule and the place reached in them."""

    def __init__(self, text: str) -> None:
        self.words = text.casefold().split()
        self.place = 0

    def peek(self) -> str:
        return self.words[self.place] if self.place < len(self.words) else ""

    def next(self, expected: Collection[str], example: str) -> str:
        if self.peek() not in expected:
            self.fail(_either(expected), example)
        self.place += 1
        return self.words[self.place - 1]

    def has(self, word: str) -> bool:
        found = self.peek() == word
        self.place += found
        return found

    def end(self) -> None:
        if self.peek():
            self.fail("the rule to end there", "70 working days after report_received")

    def fail(self, expected: str, example: str) -> NoReturn:
        found = (
            f"found “{_shown(self.peek())}” as word {self.place + 1}" if self.peek() else "it ends too early"
        )
        raise RuleError(
            f"Rule “{_shown(' '.join(self.words))}”: {found}, expected {expected}, such as “{example}”."
        )


def _plain(words: _Words) -> Plain:
    first = words.peek()
    if first.startswith("rrule:"):
        return _recurring(words)
    if first in _STARTS:
        words.place += 1
        return _STARTS[first](words)
    if not re.match(r"[-+]?[0-9]", first):
        words.fail("a number, by, on, within, quarterly, monthly, every or RRULE:", "by 2019-12-01")
    return _counted(words)


def _counted(words: _Words) -> Plain:
    example = "70 working days after report_received"
    n = _number(words, example)
    if words.has("clear"):
        return _clear(n, words)
    unit = _unit(words, example)
    after = words.next(("after", "before"), example) == "after"
    return Offset(n, unit, after, _anchor(words, example))


def _clear(n: int, words: _Words) -> Plain:
    example = "5 clear working days before 2019-09-03"
    working = words.has("working")
    words.next(_DAYS, example)
    words.next(("before",), example)
    return Clear(n, working, _anchor(words, example))


def _within(words: _Words) -> Plain:
    example = "within 13 weeks of 2019-11-28"
    n, unit = _number(words, example), _unit(words, example)
    words.next(("of",), example)
    return Within(n, unit, _anchor(words, example))


def _quarterly(words: _Words) -> Plain:
    words.next(("from",), "quarterly from 2019-11-28")
    return Quarterly(_anchor(words, "quarterly from 2019-11-28"))


def _monthly(words: _Words) -> Plain:
    example = "monthly on the 2nd tuesday"
    words.next(("on",), example)
    words.next(("the",), example)
    nth = _NTH[words.next(_NTH, example)]
    weekday = WEEKDAYS.index(words.next(WEEKDAYS, example))
    anchor = _anchor(words, f"{example} from 2019-10-01") if words.has("from") else None
    return Monthly(nth, weekday, anchor)


def _every(words: _Words) -> Plain:
    example = "every 6 weeks from 2019-10-22"
    n = _number(words, example)
    if words.peek() in ("working", "year", "years"):
        words.fail("days, weeks or months", example)
    unit = _unit(words, example)
    words.next(("from",), example)
    return Every(n, unit, _anchor(words, example))


def _recurring(words: _Words) -> Plain:
    example = "RRULE:FREQ=MONTHLY;BYDAY=2TU from 2019-10-01"
    parts = []
    while words.peek() not in ("from", ""):
        parts.append(words.peek())
        words.place += 1
    rrule = checked_rrule("".join(parts).removeprefix("rrule:").upper())
    words.next(("from",), example)
    return Recurring(rrule, _anchor(words, example))


def _suffixed(rule: Plain, words: _Words) -> Rule:
    example = "monthly on the 2nd tuesday or next working day"
    if not words.has("or"):
        return rule
    forward = words.next(("next", "previous"), example) == "next"
    words.next(("working",), example)
    words.next(("day",), example)
    if is_window(rule):
        raise RuleError(f"Rule “{rule}” gives a window, expected a single date before “or … working day”.")
    return Rolled(rule, forward)


def _unit(words: _Words, example: str) -> Unit:
    if words.has("working"):
        words.next(_DAYS, example)
        return Unit.WORKING_DAYS
    if words.peek() not in _UNITS:
        words.fail("working days, days, weeks, months or years", example)
    return _UNITS[words.next(_UNITS, example)]


def _number(words: _Words, example: str) -> int:
    found = words.peek()
    if not re.fullmatch(r"[0-9]{1,4}", found) or int(found) == 0:
        words.fail(f"a whole number from 1 to {LARGEST_N}", example)
    words.place += 1
    return int(found)


def _anchor(words: _Words, example: str) -> Anchored:
    found = words.peek()
    if found[:1].isdigit():
        return _date(words)
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", found) or found in _RESERVED:
        words.fail("a date or a name", example)
    words.place += 1
    return found


def _date(words: _Words) -> date:
    found = words.peek()
    try:
        on = read_date(found)
    except RuleError:
        words.fail(f"a day that exists, as year-month-day, from {FIRST_YEAR} to {LAST_YEAR}", "2019-12-01")
    words.place += 1
    return on


def read_date(text: str) -> date:
    """An ISO date from 1900 to 2199; RuleError with one sentence for anything else."""
    try:
        on = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        on = None
    if on is None or not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise RuleError(
            f"“{_shown(text)}” is no date: expected year-month-day from {FIRST_YEAR} to {LAST_YEAR}, "
            "such as 2019-12-01."
        )
    return on


def _either(expected: Collection[str]) -> str:
    words = [f"“{word}”" for word in expected]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _shown(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in text)
    return printable if len(printable) <= 120 else f"{printable[:117]}…"


_STARTS: dict[str, Callable[[_Words], Plain]] = {
    "by": lambda words: By(_anchor(words, "by 2019-12-01")),
    "on": lambda words: On(_anchor(words, "on 2019-11-28")),
    "within": _within,
    "quarterly": _quarterly,
    "monthly": _monthly,
    "every": _every,
}
