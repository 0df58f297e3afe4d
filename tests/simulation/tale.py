"""Tell a broken promise as a person reads it: what happened, in order, and what was broken at the end."""

from collections.abc import Iterator

from tests.simulation.promises import said, short
from tests.simulation.shrink import Outcome

_MOST_LINES = 40


def tale(outcome: Outcome) -> str:
    """Give the story of an outcome; of a long one the end."""
    return "\n".join(_lines(outcome))


def last_line(outcome: Outcome) -> str:
    """Give the last line of a story: when, which promise, and how it was broken."""
    assert outcome.broken
    return f"{said(outcome.at)}  {outcome.broken.promise}: {outcome.broken.sentence}"


def _lines(outcome: Outcome) -> Iterator[str]:
    town = outcome.script.town
    yield f"Seed {outcome.script.seed}: a council with {', '.join(town.duties)}, live from {short(town.start)}."
    if town.timeline.council.shadow_by_default:
        yield "For its first ten working days everything goes to the programme lead."
    for duty in town.timeline.obligations:
        yield f"  {duty.key} (class {duty.duty_class.value}): {duty.rule}."
    lines = [f"{said(at)}  {sentence}" for at, sentence in outcome.story]
    if len(lines) > _MOST_LINES:
        yield f"… {len(lines) - _MOST_LINES} lines before."
    yield from lines[-_MOST_LINES:]
    if outcome.broken:
        yield last_line(outcome)
