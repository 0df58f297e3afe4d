"""Draw the axis of a picture: months and weeks, shaded days, and the line of today."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from timeline.calendar.london import DAY, months_after, start_of_month, start_of_week
from timeline.calendar.wording import short_date
from timeline.picture.contents import Contents, Shade, Span
from timeline.picture.paper import Paper
from timeline.picture.shapes import Box, Label, Rule, Shape
from timeline.picture.text_width import text_width

HEIGHT = 42
"""The height of the axis: a line for today and for named periods, a line for the months, ticks for the weeks."""
_LINE, _MONTHS, _TICK = 11, 30, 34
_PILL = 15
_WEEKS_NUMBERED_FROM = 14
"""A week as wide as this has the number of its Monday."""


class Scale(NamedTuple):
    """Place a day: so many pixels a day from the left end of the lanes."""

    left: float
    right: float
    span: Span
    a_day: float

    def begin(self, on: date) -> float:
        """Give the left edge of a day, at most the end of the lanes."""
        x = self.left + (on - self.span.from_on).days * self.a_day
        return min(max(x, self.left), self.right)

    def middle(self, on: date) -> float:
        """Give the middle of a day within the lanes."""
        return self.left + ((on - self.span.from_on).days + 0.5) * self.a_day

    def shows(self, on: date | None) -> bool:
        return on is not None and self.span.from_on <= on <= self.span.to_on


def scale_for(paper: Paper, span: Span) -> Scale:
    """Spread the days over the lanes of a paper."""
    days = (span.to_on - span.from_on).days + 1
    return Scale(paper.left, paper.right, span, (paper.right - paper.left) / days)


def behind(of: Contents, scale: Scale, top: float, bottom: float) -> Iterator[Shape]:
    """Draw what lies behind the marks: shaded days, and a line for each month."""
    for shade in of.shades:
        if shade.from_on <= scale.span.to_on and shade.to_on >= scale.span.from_on:
            yield _shade(shade, scale, top, bottom)
    for on in _months(scale.span):
        x = scale.begin(on)
        yield Rule(x, top, x, bottom, "grid")


def _shade(shade: Shade, scale: Scale, top: float, bottom: float) -> Box:
    x, end = scale.begin(shade.from_on), scale.begin(shade.to_on + DAY)
    days = short_date(shade.from_on) + (f" to {short_date(shade.to_on)}" if shade.to_on != shade.from_on else "")
    return Box(x, top, max(end - x, 2), bottom - top, shade.kind, f"{shade.name}: {days}")


def labels(of: Contents, scale: Scale, paper: Paper, top: float) -> Iterator[Shape]:
    """Write the months, the weeks as ticks or Mondays, and the names of longer periods where there is room."""
    yield from _months_and_weeks(scale, paper, top)
    pill = _pill(of.on, scale, paper)
    taken = [pill] if pill else []
    for name, x, ink, bold in (*_years(scale), *_periods(of, scale, paper)):
        end = x + text_width(name, paper.small, bold=bold)
        if end <= scale.right and all(end + 4 <= a or x - 4 >= b for a, b in taken):
            taken.append((x, end))
            yield Label(name, round(x, 1), top + _LINE, paper.small, ink, bold=bold)


@lru_cache(maxsize=64)
def _months_and_weeks(scale: Scale, paper: Paper, top: float) -> tuple[Shape, ...]:
    """Write them once: they are the same for every picture of these days."""
    return (*_month_names(scale, paper, top), *_weeks(scale, paper, top))


class _Named(NamedTuple):
    """Hold a name above the months, and where it begins."""

    name: str
    x: float
    ink: str
    bold: bool


def _years(scale: Scale) -> Iterator[_Named]:
    for on in _months(scale.span):
        if on.month == 1 or on == scale.span.from_on:
            yield _Named(str(on.year), scale.begin(on) + 3, "muted", True)


def _periods(of: Contents, scale: Scale, paper: Paper) -> Iterator[_Named]:
    """Name the longer periods, in their middle or, beside today's name, at their end."""
    for shade in of.shades:
        if shade.kind == "pre-election" and shade.from_on <= scale.span.to_on and shade.to_on >= scale.span.from_on:
            name, end = shade.name.removeprefix("the "), scale.begin(shade.to_on + DAY)
            width, begin = text_width(name, paper.small), scale.begin(shade.from_on)
            if end - begin >= width * 0.7:
                yield _Named(name, max((begin + end - width) / 2, scale.left), "pre-election-ink", False)


def _month_names(scale: Scale, paper: Paper, top: float) -> Iterator[Shape]:
    months = _months(scale.span)
    for on, next_on in zip(months, (*months[1:], scale.span.to_on + DAY), strict=True):
        x, end = scale.begin(on), scale.begin(next_on)
        name = short_date(on).split()[2]
        if text_width(name, paper.small, bold=True) + 4 <= end - x:
            yield Label(name, round(x + 3, 1), top + _MONTHS, paper.small, "muted", bold=True)


@lru_cache(maxsize=64)
def _months(span: Span) -> tuple[date, ...]:
    """Give the first day shown of each month."""
    months = [span.from_on]
    while (on := months_after(start_of_month(months[-1]), 1)) <= span.to_on:
        months.append(on)
    return tuple(months)


def _weeks(scale: Scale, paper: Paper, top: float) -> Iterator[Shape]:
    on = start_of_week(scale.span.from_on)
    numbered = scale.a_day * 7 >= _WEEKS_NUMBERED_FROM and not paper.names
    while on <= scale.span.to_on:
        if on >= scale.span.from_on:
            x = scale.begin(on)
            if numbered and x + 12 < scale.right:
                yield Label(str(on.day), round(x + 2, 1), top + HEIGHT - 1, paper.small - 1, "muted")
            yield Rule(x, top + _TICK, x, top + HEIGHT, "tick")
        on += 7 * DAY


def today(on: date, scale: Scale, paper: Paper, top: float, bottom: float) -> Iterator[Shape]:
    """Draw today's line with its name, the only accent of the picture."""
    pill = _pill(on, scale, paper)
    if pill is None:
        return
    x, (left, right) = scale.middle(on), pill
    yield Rule(x, top + _PILL, x, bottom, "today", 1.5)
    yield Box(left, top, right - left, _PILL, "today", short_date(on), round=3)
    yield Label(_today(on), (left + right) / 2, top + _LINE, paper.small, "on-today", "middle", bold=True)


def _pill(on: date, scale: Scale, paper: Paper) -> tuple[float, float] | None:
    """Give the left and right end of today's name; None when today is not shown."""
    if not scale.shows(on):
        return None
    half = text_width(_today(on), paper.small, bold=True) / 2 + 5
    middle = min(max(scale.middle(on), scale.left + half), scale.right - half)
    return middle - half, middle + half


def _today(on: date) -> str:
    return f"today, {short_date(on).rpartition(' ')[0]}"
