"""The date language: `parse` reads a rule, `evaluate` works it out and says why, `series` enumerates."""

from timeline.rules.arithmetic import working_date
from timeline.rules.basis import convention
from timeline.rules.bounds import ALWAYS_FOLLOWED_BY, bounded
from timeline.rules.evaluate import AS_WRITTEN, CALENDAR_DAYS, WORKING_DAYS, evaluate
from timeline.rules.grammar import parse
from timeline.rules.language import (
    Anchored,
    Between,
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
from timeline.rules.words import is_name, read_date

__all__ = [
    "ALWAYS_FOLLOWED_BY",
    "AS_WRITTEN",
    "CALENDAR_DAYS",
    "WORKING_DAYS",
    "Anchor",
    "Anchored",
    "Between",
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
    "bounded",
    "convention",
    "earliest",
    "evaluate",
    "is_name",
    "is_series",
    "is_window",
    "names",
    "parse",
    "plain",
    "read_date",
    "series",
    "working_date",
]
