"""Word the plain sentence about a task's date, such as "Because the forum meets on Friday 11 December 2020."."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from timeline import rules
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.duties import Obligation, OccurrenceKind
from timeline.planning.explanation import counted
from timeline.planning.occurrences import Dated

DATE = "{date}"
"""The place of the date in the words of a rule pack."""
OWN_DAYS = frozenset({"due", "legal", "start", "end", "expected"})


class Reason(NamedTuple):
    """Hold a sentence, or empty, and the last day on which it reads true (None: always)."""

    sentence: str = ""
    until_on: date | None = None


class Days(NamedTuple):
    """Hold the days of an occurrence: the day it is known by, the first on which it is expected while it is not
    confirmed, and its last. `stated` says who stated the first, where it is not the rule's own date; `at_latest`, that
    it may be earlier.
    """

    known_by_on: date | None
    expected_on: date | None
    ends_on: date | None
    stated: str = ""
    at_latest: bool = False


def reason(obligation: Obligation, when: str, names: Mapping[str, Dated], days: Days) -> Reason:
    """Say why a task with the rule `when` is due then; empty while the rule waits for what it counts from."""
    rule = _rule(when)
    bare = rules.plain(rule)
    anchor = bare.anchor
    if not isinstance(anchor, str) or anchor not in names:
        return Reason()
    counts_on = isinstance(bare, rules.Offset) and bare.after
    if anchor not in OWN_DAYS or counts_on:
        return _counted(rule, obligation, anchor, names[anchor])
    if days.expected_on:
        return Reason(f"Because “{obligation.title}” is expected from {long_date(days.expected_on)} on.", days.ends_on)
    if days.known_by_on is None:
        return Reason()
    by = f"{long_date(days.known_by_on)}{' at the latest' if days.at_latest else ''}"
    sentence = f"Because {_words(obligation, days.stated).replace(DATE, by)}."
    submitted = obligation.kind is OccurrenceKind.SUBMISSION
    return Reason(sentence, None if submitted else days.known_by_on)


def _words(obligation: Obligation, stated: str) -> str:
    """Give the pack's words about the occurrence, or its title: those speak of the rule's own date."""
    if stated:
        return f"“{obligation.title}” is due by {DATE} ({stated})"
    falls = "is due by" if obligation.kind is OccurrenceKind.SUBMISSION else "is on"
    return obligation.because or f"“{obligation.title}” {falls} {DATE}"


def _counted(rule: rules.Rule, obligation: Obligation, anchor: str, counted_from: Dated) -> Reason:
    """Count from a day that is known, such as "Because this is due 2 working days after “PLO panel”, Tuesday …"."""
    bare, count = rules.plain(rule), counted(rule)
    if not count:
        return Reason()
    own = f"“{obligation.title}”" if anchor in OWN_DAYS else ""
    called = own or counted_from.called or f"“{plain_name(anchor)}”"
    way = "after" if isinstance(bare, rules.Offset) and bare.after else "before"
    return Reason(f"Because this is due {count} {way} {called}, {long_date(counted_from.on)}.")


@lru_cache(maxsize=1024)
def _rule(when: str) -> rules.Rule:
    return rules.parse(when)
