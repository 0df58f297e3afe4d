"""Read the words of a rule: numbers, units, dates and names, and the sentence for each fault."""

import re
from collections.abc import Collection
from datetime import date
from typing import NoReturn

from timeline.rules.rule import ORDINALS, WEEKDAYS, Anchored, RuleError, Unit

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_N = 9999

_UNITS = {word: unit for unit in list(Unit)[1:] for word in (unit.value, f"{unit.value}s")}
DAY_WORDS = ("days", "day")
NTH = {word: nth for nth, word in ORDINALS.items()}
# The words of the language are not names: "5 days after days" is a slip, not a fact called "days".
_RESERVED = {*_UNITS, *NTH, *WEEKDAYS, "after", "and", "before", "between", "by", "clear", "every", "from"}
_RESERVED |= {"monthly", "next", "of", "on", "or", "previous", "quarterly", "the", "within", "working"}
_RESERVED |= {"except", "term", "termly"}


class RuleWords:
    """Hold the words of a rule and the place reached in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = text.casefold().split()
        self.place = 0

    def peek(self) -> str:
        return self.words[self.place] if self.place < len(self.words) else ""

    def next(self, expected: Collection[str], example: str) -> str:
        if self.peek() not in expected:
            self.fail(_either(expected), example)
        self.place += 1
        return self.words[self.place - 1]

    def has(self, *expected: str) -> bool:
        """Step over these words, and say so, when they all come next."""
        matches = tuple(self.words[self.place : self.place + len(expected)]) == expected
        self.place += matches * len(expected)
        return matches

    def end(self) -> None:
        if self.peek():
            self.fail("the rule to end there", "70 working days after report_received")

    def fail(self, expected: str, example: str, meant: str = "") -> NoReturn:
        word = f"found “{shown(self.peek())}” as word {self.place + 1}"
        rule = shown(" ".join(self.text.split()))
        fault = word if self.peek() else "it ends too early"
        raise RuleError(f"Rule “{rule}”: {fault}, expected {expected}, such as “{example}”.{meant}")


def read_unit(words: RuleWords, example: str) -> Unit:
    if words.has("working"):
        words.next(DAY_WORDS, example)
        return Unit.WORKING_DAYS
    if words.peek() not in _UNITS:
        words.fail("working days, days, weeks, months or years", example)
    return _UNITS[words.next(_UNITS, example)]


def read_number(words: RuleWords, example: str) -> int:
    word = words.peek()
    if not re.fullmatch(r"[0-9]{1,4}", word) or int(word) == 0:
        words.fail(f"a whole number from 1 to {LARGEST_N}", example)
    words.place += 1
    return int(word)


def read_anchor(words: RuleWords, example: str) -> Anchored:
    word = words.peek()
    if word[:1].isdigit():
        return _date(words)
    if not is_name(word):
        words.fail("a date or a name", example)
    words.place += 1
    return word


def is_name(text: str) -> bool:
    """Tell whether a text may name a fact, an obligation or a local date: small letters, digits, "_" and "-"."""
    return re.fullmatch(r"[a-z][a-z0-9_-]*", text) is not None and text not in _RESERVED


def _date(words: RuleWords) -> date:
    word = words.peek()
    try:
        on = read_date(word)
    except RuleError:
        expected = f"a day that exists, as year-month-day, from {FIRST_YEAR} to {LAST_YEAR}"
        words.fail(expected, "2019-12-01", meant_date(word))
    words.place += 1
    return on


def read_date(text: str) -> date:
    """Read an ISO date from 1900 to 2199; RuleError with a sentence for anything else."""
    try:
        on = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        on = None
    if on is None or not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise RuleError(
            f"“{shown(text)}” is no date: expected year-month-day from {FIRST_YEAR} to {LAST_YEAR}, such as 2019-12-01."
            f"{meant_date(text)}"
        )
    return on


_BRITISH = re.compile(
    r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:20)?[0-9]{2})|"
    r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3})[a-z]{0,6}[ -]((?:20)?[0-9]{2})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def british_date(text: str) -> date | None:
    """Read a day of this century as people write it here, day first: 14/09/2026, 1st December 2026, 01-Dec-26.

    None for anything else. Elsewhere 03/04/2026 is the fourth of March: ask this where the writer is known to be here.
    """
    written = _BRITISH.fullmatch(text.strip())
    if written is None:
        return None
    day, month, year, spelt_day, name, spelt_year = written.groups()
    try:
        number = int(month) if month else _MONTHS.index(name.lower()) + 1
        return date(2000 + int(year or spelt_year) % 100, number, int(day or spelt_day))
    except ValueError:
        return None


def meant_date(text: str) -> str:
    """Suggest the spelling of a day that is written as people write it here, as a second sentence; or empty.

    It is not read: a legal date must not rest on a guess.
    """
    on = british_date(text)
    return f" Did you mean {on}?" if on else ""


def _either(expected: Collection[str]) -> str:
    words = [f"“{word}”" for word in expected]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def shown(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in text)
    return printable if len(printable) <= 120 else f"{printable[:117]}…"
