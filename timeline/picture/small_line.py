"""Lay out a measure as a small line: its values since the baseline, the target, and the last value as a dot."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from timeline.calendar.wording import short_date
from timeline.picture.shapes import Box, Picture, Rule, Shape
from timeline.programme.measures import Measure

WIDTH, HEIGHT = 160, 44
_MARGIN, _DOT = 6, 7


class Point(NamedTuple):
    on: date
    number: Decimal


def points(measure: Measure, *, on: date) -> tuple[Point, ...]:
    """Give the values up to a day that can be compared with the last, the baseline first.

    Where only changes are known they are compared as changes, and the baseline is no change: 0.
    """
    known = [value for value in measure.values if value.on <= on]
    if not known:
        return ()
    in_numbers = measure.number(known[-1]) is not None
    base = measure.baseline if in_numbers else Decimal(0)
    alike = [value for value in known if in_numbers or value.is_percent == known[-1].is_percent]
    told = [(value.on, measure.number(value) if in_numbers else measure.change(value)) for value in alike]
    if base is not None and measure.baseline_on < known[0].on:
        told = [(measure.baseline_on, base), *told]
    return tuple(Point(day, number) for day, number in told if number is not None)


def small_line(measure: Measure, *, on: date) -> Picture | None:
    """Lay out the line; None while fewer than two values can be compared, since a dot alone shows no direction."""
    line = points(measure, on=on)
    last = measure.value(on)
    if len(line) < 2 or last is None:
        return None
    target = measure.target if measure.number(last) is not None else None
    numbers = [point.number for point in line] + ([target] if target is not None else [])
    scale = _Scale(line[0].on, line[-1].on, min(numbers), max(numbers))
    shapes = tuple(_shapes(line, target, scale, better=measure.is_better(last)))
    since = f"From {short_date(line[0].on)} to {short_date(line[-1].on)}"
    aim = f" The dashed line is the target, {measure.aim}." if target is not None else ""
    return Picture(WIDTH, HEIGHT, measure.title, f"{since}: {measure.sentence(last)}.{aim}", shapes)


def public_line(measure: Measure, *, on: date) -> Picture | None:
    """Lay out the line for readers outside the programme team; None also where it would tell a small count."""
    value = measure.value(on)
    told = [] if value is None or value.is_percent else points(measure, on=on)
    return None if any(measure.is_small(point.number) for point in told) else small_line(measure, on=on)


class _Scale(NamedTuple):
    from_on: date
    until_on: date
    least: Decimal
    most: Decimal

    def x(self, on: date) -> float:
        days = (self.until_on - self.from_on).days or 1
        return round(_MARGIN + (WIDTH - 2 * _MARGIN) * (on - self.from_on).days / days, 1)

    def y(self, number: Decimal) -> float:
        if self.most == self.least:
            return HEIGHT / 2
        share = float((number - self.least) / (self.most - self.least))
        return round(HEIGHT - _MARGIN - (HEIGHT - 2 * _MARGIN) * share, 1)


def _shapes(line: tuple[Point, ...], target: Decimal | None, scale: _Scale, *, better: bool | None) -> Iterator[Shape]:
    if target is not None:
        y = scale.y(target)
        yield Rule(_MARGIN, y, WIDTH - _MARGIN, y, "muted", dashed=True)
    for before, after in pairwise(line):
        yield Rule(scale.x(before.on), scale.y(before.number), scale.x(after.on), scale.y(after.number), "today", 2)
    fill = {True: "better", False: "worse", None: "today"}[better]
    x, y = scale.x(line[-1].on) - _DOT / 2, scale.y(line[-1].number) - _DOT / 2
    yield Box(x, y, _DOT, _DOT, fill, round=_DOT / 2)
