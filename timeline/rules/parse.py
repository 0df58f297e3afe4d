"""Parse rules. Case and runs of white space do not matter; every fault is a sentence."""

import re
from collections.abc import Callable
from functools import lru_cache

from timeline.rules.lexer import DAY_WORDS, RuleWords, read_anchor, read_number, read_unit
from timeline.rules.parse_series import read_days_of_month, read_exception, read_series
from timeline.rules.rule import Between, By, Clear, Offset, On, Plain, Rolled, Rule, RuleError, Within, is_window

LONGEST_RULE = 400


@lru_cache(maxsize=4096)
def parse(text: str) -> Rule:
    """Read the rule in `text`; RuleError says what the text has, where, and what was expected."""
    if len(text) > LONGEST_RULE:
        raise RuleError(f"The rule is {len(text)} characters long, expected at most {LONGEST_RULE}.")
    words = RuleWords(text)
    rule = _suffixed(_plain(words), words)
    words.end()
    return rule


def _plain(words: RuleWords) -> Plain:
    first = words.peek()
    if first in _STARTS:
        words.place += 1
        return _STARTS[first](words)
    if repeating := read_series(words):
        return repeating
    if not re.match(r"[-+]?[0-9]", first):
        words.fail("a number, by, on, within, between, quarterly, termly, monthly, every or RRULE:", "by 2019-12-01")
    return _counted(words)


def _counted(words: RuleWords) -> Plain:
    example = "70 working days after report_received"
    n = read_number(words, example)
    if words.has("clear"):
        return _clear(n, words)
    unit = read_unit(words, example)
    after = words.next(("after", "before"), example) == "after"
    return Offset(n, unit, after, read_anchor(words, example))


def _clear(n: int, words: RuleWords) -> Plain:
    example = "5 clear working days before 2019-09-03"
    working = words.has("working")
    words.next(DAY_WORDS, example)
    words.next(("before",), example)
    return Clear(n, working, read_anchor(words, example))


def _within(words: RuleWords) -> Plain:
    example = "within 13 weeks of 2019-11-28"
    n, unit = read_number(words, example), read_unit(words, example)
    words.next(("of",), example)
    return Within(n, unit, read_anchor(words, example))


def _between(words: RuleWords) -> Plain:
    example = "between 22 and 56 months after 2019-11-28"
    n = read_number(words, example)
    words.next(("and",), example)
    m = read_number(words, example)
    if words.peek() == "working":
        words.fail("days, weeks, months or years", example)
    unit = read_unit(words, example)
    words.next(("after",), example)
    rule = Between(n, m, unit, read_anchor(words, example))
    if n >= m:
        raise RuleError(f"Rule “{rule}” does not open before it closes, expected such as “{example}”.")
    return rule


def _suffixed(plain: Plain, words: RuleWords) -> Rule:
    example = "monthly on the 2nd tuesday or next working day"
    rule = read_exception(plain, words)
    if not words.has("or"):
        return rule
    forward = words.next(("next", "previous"), example) == "next"
    words.next(("working",), example)
    words.next(("day",), example)
    if is_window(rule):
        raise RuleError(f"Rule “{rule}” gives a window, expected a single date before “or … working day”.")
    return Rolled(rule, forward)


_STARTS: dict[str, Callable[[RuleWords], Plain]] = {
    "by": lambda words: By(read_anchor(words, "by 2019-12-01")),
    "on": lambda words: read_days_of_month(words) or On(read_anchor(words, "on 2019-11-28")),
    "within": _within,
    "between": _between,
}
