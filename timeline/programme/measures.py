"""Follow the measures of the programme: values, or changes against a baseline, each on its day."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from timeline.calendar.wording import FEWEST, few, long_date

SHARES = frozenset({"%", "per cent", "percent"})
"""The units of a share: it moves by percentage points, and 69 % is no 17 % more than 52 %."""
# A comma parts thousands: "12,5", as other countries write 12.5, would otherwise be read as 125.
_NUMBER = r"-?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,6})?"


class Better(StrEnum):
    """Name the direction in which a measure gets better."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, kw_only=True)
class Value:
    """Hold a value on a day, by a post.

    `number` is the value itself. Where only a change is known, `change` is that change against the baseline, in per
    cent if `is_percent`: "average caseloads down by 20 % since the inspection" is -20.
    """

    on: date
    by: str
    number: Decimal | None = None
    change: Decimal | None = None
    is_percent: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Hold a measure: its unit, the direction of better, its baseline with the day, and its target.

    `baseline` is None where nobody stated it; then values are changes since `baseline_on`. `values` stand in the order
    of their days. `since` names the baseline's day in words, such as "the inspection". `asked` names the task
    (`duty/step`) that asks for its values, or is empty.
    """

    key: str
    title: str
    unit: str
    better: Better
    baseline: Decimal | None
    baseline_on: date
    since: str
    target: Decimal | None
    owner: str
    areas: tuple[str, ...]
    values: tuple[Value, ...]
    source: str
    asked: str = ""

    def value(self, on: date) -> Value | None:
        """Give the last value of a day or earlier."""
        known = [value for value in self.values if value.on <= on]
        return known[-1] if known else None

    def number(self, value: Value) -> Decimal | None:
        """Work out the number behind a value; None where only a change is known."""
        if value.number is not None or self.baseline is None or value.change is None:
            return value.number
        return self.baseline * (1 + value.change / 100) if value.is_percent else self.baseline + value.change

    def change(self, value: Value) -> Decimal | None:
        """Work out the change since the baseline, in the value's own terms; None without a baseline."""
        if value.change is not None:
            return value.change
        return value.number - self.baseline if value.number is not None and self.baseline is not None else None

    def is_better(self, value: Value) -> bool | None:
        """Tell whether the value is better than the baseline; None while it is the same, or not known."""
        change = self.change(value)
        if not change:
            return None
        return (change > 0) is (self.better is Better.UP)

    def meets_target(self, value: Value) -> bool | None:
        """Tell whether the target is met; None without a target or a number."""
        number = self.number(value)
        if self.target is None or number is None:
            return None
        return number >= self.target if self.better is Better.UP else number <= self.target

    def sentence(self, value: Value) -> str:
        """Say the value, such as "down by 20 % since the inspection" or "8 posts"."""
        change, since = self.change(value), self.since or long_date(self.baseline_on)
        if value.number is not None:
            shown = self.amount(value.number)
            return f"{shown} ({self._moved(change, value)} since {since})" if change else shown
        return f"{self._moved(change, value)} since {since}" if change else f"unchanged since {since}"

    def public(self, value: Value) -> str:
        """Say the value to readers outside the programme team: a small count, or a small difference of counts, only as
        "fewer than 5".
        """
        number, change = self.number(value), self.change(value)
        if value.is_percent or not (self.is_small(number) or self.is_small(change)):
            return self.sentence(value)
        if number is None:
            return f"changed by {few(1)}"
        return f"{few(1)} {self.unit}".strip() if self.is_small(number) else self.amount(number)

    def is_small(self, number: Decimal | None) -> bool:
        """Tell whether a number is a count below 5, which could tell of single people; nothing is no small count."""
        is_count = number is not None and number == number.to_integral_value() and self.unit not in SHARES
        return is_count and number is not None and 0 < abs(number) < FEWEST

    def amount(self, number: Decimal) -> str:
        """Write a number of this measure with its unit."""
        return f"{plain(number)} {self.unit}".strip()

    @property
    def aim(self) -> str:
        """Write the target with its unit; empty where none is stated."""
        return self.amount(self.target) if self.target is not None else ""

    def _moved(self, change: Decimal, value: Value) -> str:
        by = plain(abs(change))
        if value.is_percent:
            unit = "%"
        elif self.unit in SHARES:
            unit = "percentage point" if by == "1" else "percentage points"
        else:
            unit = self.unit
        return f"{'up' if change > 0 else 'down'} by {by} {unit}".strip()


def plain(number: Decimal) -> str:
    """Write a number as people do: 8, 12.5, 1,200."""
    whole = number == number.to_integral_value()
    return f"{number.to_integral_value() if whole else number.normalize():,f}"


def read_number(value: Any) -> Decimal:
    """Read a number such as 8, 12.5 or "1,200". Raise ValueError with a clause."""
    if not re.fullmatch(_NUMBER, str(value), re.ASCII):
        raise ValueError(f"found “{value}”, expected a number such as 8, 12.5 or 1,200")
    return Decimal(str(value).replace(",", ""))
