"""Read figures from the lines of an answer, strictly: "Average caseload: 18", each with its measure's name or key."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from timeline.calendar.wording import near_date
from timeline.definitions.asked import AskedFigure
from timeline.escalation.task_context import TaskContext
from timeline.programme.measures import SHARES, plain, read_number

_MARK = re.compile(r"\s*[:=]\s*|\s+[-–—]\s+|\s+")
_BULLET = " \t\"“”'*•-–—"
_A_NUMBER = re.compile(r"-?[\d.,]{1,20} ?%?")
_LONGEST_LINE, _MOST_LINES, _LONGEST_VALUE = 300, 100, 60


class Figure(NamedTuple):
    """Hold a figure that was given."""

    asked: AskedFigure
    number: Decimal

    @property
    def words(self) -> str:
        """Say it, such as "Average caseload: 18 cases"."""
        return f"{self.asked.title}: {plain(self.number)} {self.asked.unit}".strip()


@dataclass(frozen=True)
class ReadFigures:
    """Hold what lines say: `figures` that were asked for, `faults` by measure as sentences, `foreign` lines that give a
    figure which nobody asks for here, and all `other` lines. `own` are the lines that name a figure, as written.
    """

    figures: tuple[Figure, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    foreign: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def missing(self, asked: Iterable[AskedFigure]) -> tuple[AskedFigure, ...]:
        """Give the figures that were asked for and not given."""
        given = {figure.asked.key for figure in self.figures}
        return tuple(each for each in asked if each.key not in given)

    @property
    def words(self) -> str:
        """Say every figure in a line, as the evidence of a task that asks for nothing else."""
        return "; ".join(figure.words for figure in self.figures)


def figures_asked(task: TaskContext) -> tuple[AskedFigure, ...]:
    """Give the figures that a task asks for today."""
    return task.timeline.asked.figures_of(task.milestone.obligation, task.milestone.key, on=task.on)


def last_words(figure: AskedFigure, *, on: date) -> str:
    """Say the last value with its day; empty where there is none."""
    last = figure.last(on=on)
    return f"last {last[1]}, {near_date(last[0], on=on)}" if last else ""


def read_figures(text: str, asked: Sequence[AskedFigure]) -> ReadFigures:
    """Read each line by itself. A figure that is given twice is a fault, and nothing is guessed."""
    figures: list[Figure] = []
    faults: list[tuple[str, str]] = []
    foreign: list[str] = []
    other: list[str] = []
    own: list[str] = []
    for line in _lines(text):
        named = _named(line, asked)
        if named is None:
            (foreign if _gives_a_number(line) else other).append(line)
            continue
        own.append(line)
        try:
            figures.append(Figure(named[0], _number(named[0], named[1])))
        except ValueError as fault:
            faults.append((named[0].key, f"{named[0].title}: {fault}. Nothing was recorded."))
    faults += _twice(figures)
    return ReadFigures(tuple(figures), tuple(faults), tuple(foreign), tuple(other), tuple(own))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines()[:_MOST_LINES]:
        if stripped := " ".join(line[:_LONGEST_LINE].split()).strip(_BULLET):
            yield stripped


def _named(line: str, asked: Sequence[AskedFigure]) -> tuple[AskedFigure, str] | None:
    """Give the figure with whose name the line begins, and what follows; the longest name wins."""
    names = sorted(((name, each) for each in asked for name in (each.title, each.key)), key=lambda pair: -len(pair[0]))
    for name, each in names:
        matched = re.match(re.escape(name), line, re.IGNORECASE)
        mark = _MARK.match(line, matched.end()) if matched else None
        if mark and (":" in mark[0] or "=" in mark[0] or _is_number_like(line[mark.end() :])):
            return each, line[mark.end() :]
    return None


def _is_number_like(text: str) -> bool:
    return bool(re.match(r"-?\d", text))


def _number(figure: AskedFigure, value: str) -> Decimal:
    """Read a value with or without its own unit. Raise ValueError with a clause."""
    bare = value[:_LONGEST_VALUE].strip().rstrip(".!")
    if bare.endswith("%") and figure.unit not in SHARES:
        counted = f"in {figure.unit}" if figure.unit else "without a unit"
        raise ValueError(f"found “{value[:_LONGEST_VALUE]}”, expected a number {counted}, not per cent")
    if bare.endswith("%"):
        bare = bare.removesuffix("%").strip()
    elif figure.unit and bare.casefold().endswith(figure.unit.casefold()):
        bare = bare[: -len(figure.unit)].strip()
    return read_number(bare)


def _gives_a_number(line: str) -> bool:
    """Tell whether a line has the form of a figure; a time of day has not."""
    name, mark, value = line.replace("=", ":").rpartition(":")
    is_named = bool(mark and name.strip()) and not name[-1:].isdigit() and "://" not in line
    return is_named and bool(_A_NUMBER.fullmatch(value.strip()))


def _twice(figures: Sequence[Figure]) -> Iterator[tuple[str, str]]:
    for each in dict.fromkeys(figure.asked for figure in figures):
        numbers = {figure.number for figure in figures if figure.asked == each}
        if len([figure for figure in figures if figure.asked == each]) > 1:
            told = " and ".join(plain(number) for number in sorted(numbers))
            yield each.key, f"{each.title}: found it twice ({told}), expected one number. Nothing was recorded."
