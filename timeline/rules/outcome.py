"""Hold the input and the outcome of a rule's evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True)
class Anchor:
    """Hold a date to count from; `source` is a phrase, such as "recorded by Head of improvement; inferred".

    `called` is its name for people, where that differs from the name in the rule ("the working date" for `due`).
    """

    on: date
    source: str = ""
    called: str = ""


@dataclass(frozen=True)
class Reading:
    """Hold a reading of a rule, and the dates it gives.

    `says` is the reading in a sentence, from its count to its date. An `upper_bound` is the latest the date can be.
    """

    name: str
    legal_on: date
    working_on: date | None
    rule: str = ""
    basis: str = ""
    says: str = ""
    worked_to: bool = False
    upper_bound: bool = False

    @property
    def sentence(self) -> str:
        """Say the reading, such as "Reading “the rule” (worked to): 70 working days after … is Thursday 28 November
        2019.".
        """
        labels = (("worked to", self.worked_to), ("the latest it can be", self.upper_bound))
        marks = ", ".join(mark for mark, holds in labels if holds)
        return f"Reading “{self.name}”{f' ({marks})' if marks else ''}: {self.says}"


@dataclass(frozen=True)
class Outcome:
    """Hold the outcome of a rule: its dates, or the names it waits for, and the reasons in sentences.

    `legal_on` is the rule's date (the last day of a window, or the first date of a series in the span) and
    `working_on` the last working day on or before it, or None with the reason in `working_on_missing`.
    """

    rule: str
    legal_on: date | None = None
    working_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    dates: tuple[date, ...] = ()
    windows: tuple[tuple[date, date], ...] = ()
    waits_for: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    counted_from: tuple[str, ...] = ()
    working_on_missing: str = ""
    readings: tuple[Reading, ...] = ()


class Element(NamedTuple):
    """Hold the k-th element of a series (from 1): a window, or a day that opens and closes it."""

    k: int
    opens_on: date
    closes_on: date


def earliest(readings: Sequence[Reading]) -> Reading:
    """Give the reading to work to among several: the earliest legal date."""
    return min(readings, key=lambda reading: reading.legal_on)
