"""Read the date language: `parse` reads a rule, `evaluate` works it out and says why, `series` lists its dates."""

from timeline.rules.arithmetic import working_date
from timeline.rules.evaluate import AS_WRITTEN, CALENDAR_DAYS, WORKING_DAYS, evaluate
from timeline.rules.lexer import british_date, is_name, meant_date, read_date
from timeline.rules.outcome import Anchor, Element, Outcome, Reading, earliest
from timeline.rules.parse import parse
from timeline.rules.rule import (
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
    convention,
    is_series,
    is_window,
    names,
    plain,
)
from timeline.rules.series import series
from timeline.rules.upper_bounds import ALWAYS_FOLLOWED_BY, bounded

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
    "british_date",
    "convention",
    "earliest",
    "evaluate",
    "is_name",
    "is_series",
    "is_window",
    "meant_date",
    "names",
    "parse",
    "plain",
    "read_date",
    "series",
    "working_date",
]
