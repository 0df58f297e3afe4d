"""Show the measures: the last value of each, its direction, its target, and its values as a line."""

from collections.abc import Iterator

from timeline.picture.small_line import public_line
from timeline.programme.measures import Measure
from timeline.reports.document import Figure, Missing, Paragraph, Section, Table
from timeline.reports.situation import Situation, plain_date


def measures(now: Situation) -> Section:
    """Show every measure as known on the day."""
    rows = tuple(_row(measure, now) for measure in now.programme.measures.values())
    if not rows:
        return Section("Measures", (Missing("No measure is recorded."),))
    columns = ("Measure", "Last value", "On", "Direction", "Target")
    return Section("Measures", (Table("Measures", columns, rows, (7, 6, 5, 4, 4)), *_small(now), *_lines(now)))


def _small(now: Situation) -> Iterator[Paragraph]:
    """Say why a value is told in words and has no line."""
    last = ((measure, measure.value(now.on)) for measure in now.programme.measures.values())
    if any(value and measure.public(value) != measure.sentence(value) for measure, value in last):
        yield Paragraph("A count below 5 is not told as a number and not drawn, so that nobody can be known by it.")


def _lines(now: Situation) -> Iterator[Figure]:
    """Draw each measure that has two values or more as a small line."""
    for measure in now.programme.measures.values():
        line = public_line(measure, on=now.on)
        if line:
            yield Figure(measure.title, line)


def _row(measure: Measure, now: Situation) -> tuple[tuple[str, ...], ...]:
    value = measure.value(now.on)
    target = measure.aim or "none stated"
    if value is None:
        return ((measure.title,), ("no value yet",), ("–",), ("not known",), (target,))
    met = {True: f"{target}, met", False: f"{target}, not met", None: target}[measure.meets_target(value)]
    return ((measure.title,), (measure.public(value),), (plain_date(value.on),), (direction(measure, now),), (met,))


def direction(measure: Measure, now: Situation) -> str:
    """Say whether the last value is better than the baseline."""
    value = measure.value(now.on)
    return {True: "better", False: "worse", None: "not known"}[measure.is_better(value) if value else None]


def said(measure: Measure, now: Situation) -> str:
    """Say a measure with its last value in a sentence."""
    value = measure.value(now.on)
    if value is None:
        return f"{measure.title}: no value yet."
    return f"{measure.title}: {measure.public(value)} (on {plain_date(value.on)}); {direction(measure, now)}."
