"""What comes in confidence: the embargoes that a fact, or the rule pack for facts of its name, lays down."""

from datetime import datetime, time

from config.shapes import FactShape, PackShape
from config.words import Instant
from timeline.calendar import LONDON
from timeline.facts import Embargo


def embargo(shape: FactShape, pack: PackShape) -> Embargo | None:
    """The fact's own, else that of its name."""
    if shape.restricted_until:
        return Embargo(circulation=frozenset(shape.circulation), until=instant(shape.restricted_until))
    return dict(embargoes(pack)).get(shape.fact)


def embargoes(pack: PackShape) -> tuple[tuple[str, Embargo], ...]:
    """What the pack lays on facts by their names, sorted."""
    return tuple(
        (name, Embargo(circulation=frozenset(one.circulation), until_fact=one.until))
        for name, one in sorted(pack.embargoes.items())
    )


def instant(value: Instant) -> datetime:
    """A date is the instant at which its day begins."""
    if isinstance(value, datetime):
        return value.astimezone(LONDON)
    return datetime.combine(value, time(), LONDON)
