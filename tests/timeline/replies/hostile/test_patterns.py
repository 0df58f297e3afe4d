"""Test that no pattern takes more than moments for its worst text: nested repetition in one held the reader for
ever.
"""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.timeline.replies.hostile.patterns import patterns, words_of

# Enough to tell what grows with the cube of a text, or without an end, from what does not: that takes milliseconds.
_LETTERS = 400
_MOST_SECONDS = 0.15
_UNITS = [
    " ",
    "\n",
    "a",
    "a ",
    "Aa1",
    "0",
    "0 ",
    ".",
    "a.",
    "-",
    "a-",
    "(",
    '"',
    "\\",
    ";",
    ";a=",
    "=",
    "<",
    "@",
    "a@",
    "é",
]
_UNITS += ["> ", "_", "'a", "a:", "[", "/", "1/", "+"]


def attacks(pattern: re.Pattern[Any]) -> Iterator[str]:
    words = words_of(pattern)
    for unit in [*_UNITS, *words[:8], *(f"{word} " for word in words[:4])]:
        for begin in ("", *words[:2], "- ") if len(unit) < 2 else ("", *words[:1]):
            yield f"{begin}{unit * (_LETTERS // len(unit))}\x00"


@contextmanager
def at_most(seconds: float, what: str) -> Iterator[None]:
    """Give of this process's own time, so that a busy machine fails nothing."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"{what} takes more than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def ask(pattern: re.Pattern[Any], *, searched: bool) -> None:
    is_bytes = isinstance(pattern.pattern, bytes)
    for text in attacks(pattern):
        given: Any = text.encode("utf-8", "replace") if is_bytes else text
        with at_most(_MOST_SECONDS, f"{pattern.pattern!r:.200} for {text[:40]!r}…"):
            pattern.match(given)
            pattern.fullmatch(given)
            if searched:
                pattern.search(given)


def test_a_pattern_of_the_reader_is_quick_with_its_worst_text() -> None:
    given = patterns()
    assert len(given) > 200
    for pattern, searched in given.items():
        ask(pattern, searched=searched)


@pytest.mark.parametrize("slow", [r"(a+)+$", r"X(;[^:]*|\"[^\"]*\")*:", r"(\w+\s?)*$", r"\s*(?:-\s*)?\s*(?:#)?\s*\d"])
def test_a_pattern_that_repeats_what_is_repeated_would_be_found(slow: str) -> None:
    with pytest.raises(AssertionError, match="takes more than"):
        ask(re.compile(slow), searched=True)
