"""Tell what a plan is made of, and how long it holds: of two plans made of the same, the second is the first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import DAY, start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import Fact, FactBook, known
from timeline.planning.occurrences import Occurrence

_KEPT = "_made_of"
"""Where a timeline keeps what its plans are made of, as `cached_property` keeps what it gives."""


@dataclass(frozen=True)
class MadeOf:
    """Hold all that decides a plan. The book's instant decides nothing but which embargoes have `ended`."""

    obligations: tuple[Obligation, ...]
    calendars: Calendars
    facts: tuple[Fact, ...]
    ended: frozenset[datetime]
    book: FactBook = field(compare=False)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Of every rule and fact: plans are asked for by it several times a morning.
        return hash((self.obligations, self.calendars, self.facts, self.ended))


def made_of(timeline: CouncilTimeline, *, at: datetime) -> MadeOf:
    """Gather what a plan at that instant is made of: the same as before, while the same is known."""
    timeline = timeline.as_known(at=at)
    kept: dict[tuple[int, int, int | None], MadeOf] = vars(timeline).setdefault(_KEPT, {})
    numbers = counted(timeline, at=at)
    if numbers not in kept:
        facts = tuple(fact for fact in timeline.facts if fact.known_at <= at)
        ended = frozenset(end for end in _ends(facts) if end <= at)
        kept[numbers] = MadeOf(tuple(timeline.obligations), timeline.calendars, facts, ended, known(facts, at=at))
    return kept[numbers]


def counted(timeline: CouncilTimeline, *, at: datetime) -> tuple[int, int, int | None]:
    """Count what of a timeline is known, and over, at an instant: with the same numbers, a plan is made of the same."""
    facts = [fact for fact in timeline.facts if fact.known_at <= at]
    return len(facts), sum(end <= at for end in {*_ends(facts)}), timeline.as_known(at=at).epoch


def holds_until(planned: Sequence[Occurrence], later: Sequence[Occurrence], *, until: date, far: date) -> date:
    """Say up to which horizon a duty's plan up to `until` stays as it is, by its plan up to `far`.

    What comes later enters on its first day; where anything else differs, the plan holds for this horizon alone.
    """
    if tuple(later[: len(planned)]) != tuple(planned):
        return until
    first_on = [_first_on(occurrence) or until for occurrence in later[len(planned) :]]
    return max(until, min(first_on) - DAY) if first_on else far


def _first_on(occurrence: Occurrence) -> date | None:
    days = (occurrence.legal_on, occurrence.working_on, occurrence.opens_on, occurrence.starts_on)
    return min(filter(None, days), default=None)


def _ends(facts: Iterable[Fact]) -> Iterator[datetime]:
    """Give every instant at which an embargo may end: its own, and the day of each fact that lifts it."""
    facts = tuple(facts)
    for embargo in {fact.embargo for fact in facts if fact.embargo}:
        if embargo.until:
            yield embargo.until
        yield from (start_of_day(fact.on) for fact in facts if fact.name == embargo.until_fact)
