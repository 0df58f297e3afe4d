"""Hold what the improvement programme asks of its posts through tasks: the figures of measures."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class AskedFigure:
    """Hold a figure that a task asks for: its measure's key, title and unit, the `task` (`duty/step`), and each value
    so far as words, by day.
    """

    key: str
    title: str
    unit: str
    task: str
    told: tuple[tuple[date, str], ...] = ()

    def last(self, *, on: date) -> tuple[date, str] | None:
        """Give the last value of that day or earlier."""
        known = [each for each in self.told if each[0] <= on]
        return known[-1] if known else None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Hold everything that is asked for; nothing before the findings are public (`public_on`)."""

    public_on: date | None = None
    figures: tuple[AskedFigure, ...] = ()

    def figures_of(self, obligation: str, key: str, *, on: date) -> tuple[AskedFigure, ...]:
        """Give the figures that a task asks for on a day."""
        if self.public_on is None or on < self.public_on:
            return ()
        return tuple(figure for figure in self.figures if figure.task == f"{obligation}/{key}")
