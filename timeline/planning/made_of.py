"""Tell what a plan is made of: of two plans made of the same, the second is the first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import Fact, FactBook, known


@dataclass(frozen=True)
class MadeOf:
    """Hold all that decides a plan. The book's instant decides nothing but which embargoes have `ended`."""

    obligations: tuple[Obligation, ...]
    calendars: Calendars
    facts: tuple[Fact, ...]
    ended: frozenset[datetime]
    book: FactBook = field(compare=False)


def made_of(timeline: CouncilTimeline, *, at: datetime) -> MadeOf:
    """Gather what a plan at that instant is made of."""
    timeline = timeline.as_known(at=at)
    facts = tuple(fact for fact in timeline.facts if fact.known_at <= at)
    ended = frozenset(end for end in _ends(facts) if end <= at)
    return MadeOf(tuple(timeline.obligations), timeline.calendars, facts, ended, known(facts, at=at))


def _ends(facts: Iterable[Fact]) -> Iterator[datetime]:
    """Give every instant at which an embargo may end: its own, and the day of each fact that lifts it."""
    facts = tuple(facts)
    for embargo in {fact.embargo for fact in facts if fact.embargo}:
        if embargo.until:
            yield embargo.until
        yield from (start_of_day(fact.on) for fact in facts if fact.name == embargo.until_fact)
