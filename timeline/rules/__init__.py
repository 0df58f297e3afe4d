"""The date language: `parse` reads a rule, `evaluate` works it out and says why, `series` enumerates."""

from timeline.rules.bounds import ALWAYS_FOLLOWED_BY, no_later_than
from timeline.rules.evaluate import AS_WRITTEN, CALENDAR_DAYS, WORKING_DAYS, evaluate, working_date
from timeline.rules.grammar import parse, read_date
from timeline.rules.language import (
    Anchored,
    By,
    Clear,
    Every,
    Monthly,
    Offset,
    On,
    Quarterly,
    Recurring,
    Rolled,
    Rule,
    RuleError,
    Unit,
    Within,
    is_series,
    is_window,
    names,
    plain,
)
from timeline.rules.outcome import Anchor, Element, Outcome, Reading, earliest
from timeline.rules.recurring import series

__all__ = [
    "ALWAYS_FOLLOWED_BY",
    "AS_WRITTEN",
    "CALENDAR_DAYS",
    "WORKING_DAYS",
    "Anchor",
    "Anchored",
    "By",
    "Clear",
    "Element",
    "Every",
    "Monthly",
    "Offset",
    "On",
    "Outcome",
    "Quarterly",
    "Reading",
    "Recurring",
    "Rolled",
    "Rule",
    "RuleError",
    "Unit",
    "Within",
    "earliest",
    "evaluate",
    "is_series",
    "is_window",
    "names",
    "no_later_than",
    "parse",
    "plain",
    "read_date",
    "series",
    "working_date",
]
