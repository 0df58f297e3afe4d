"""Say what a programme asks of its posts, in plain values that a task can show."""

from timeline.definitions.asked import Asked, AskedFigure
from timeline.programme.measures import Measure
from timeline.programme.programme import Programme


def asked_of(programme: Programme | None) -> Asked:
    """Give what the programme asks for; nothing where there is none."""
    if programme is None:
        return Asked()
    figures = (_figure(measure) for measure in programme.measures.values() if measure.asked)
    return Asked(public_on=programme.inspection.published_on, figures=tuple(figures))


def _figure(measure: Measure) -> AskedFigure:
    return AskedFigure(
        key=measure.key,
        title=measure.title,
        unit=measure.unit,
        task=measure.asked,
        told=tuple((value.on, measure.sentence(value)) for value in measure.values),
    )
