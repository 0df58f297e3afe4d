"""Hold facts: dated events with who said so, from what source, and since when they were known.

Facts are only ever added; a later fact about the same event supersedes the earlier. A decision sees only the facts
that were known at its instant.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile

from timeline.calendar.london import start_of_day

# A bank holiday proclaimed late is a fact like any other, and counts from the instant at which it is known.
PROCLAIMED = "proclaimed_bank_holiday"
# The day on which the council left the regime: no series plans anything after it.
REGIME_ENDED = "regime_ended"
# The meeting that decides whether a submission is agreed, and that of the committee that agrees first, if there is any.
SIGN_OFF_MEETING = "sign_off_meeting"
FIRST_SIGN_OFF_MEETING = "first_sign_off_meeting"
# A council ended on its vesting day, and those in `called` have what it had; with an occurrence, only that duty.
HANDED_OVER = "handed_over"
# A handover to this council was taken back: the council in `called` has everything again.
HANDED_BACK = "handed_back"
PASSED_ON = frozenset({HANDED_OVER, HANDED_BACK})


@dataclass(frozen=True, kw_only=True)
class Embargo:
    """Hold a rule that a fact reaches only its circulation (post keys) until an instant or until another fact
    is known.
    """

    circulation: frozenset[str]
    until: datetime | None = None
    until_fact: str | None = None

    def in_force(self, *, at: datetime) -> bool:
        """Tell whether it holds at that instant; an embargo without an end holds until its end is known."""
        return self.until is None or at < self.until


def under_embargo(embargoes: Iterable[Embargo], *, at: datetime) -> bool:
    """Tell whether any of the embargoes is in force."""
    return any(embargo.in_force(at=at) for embargo in embargoes)


def may_hear(posts: Collection[str], embargoes: Iterable[Embargo], *, at: datetime) -> bool:
    """Tell whether every embargo in force has at least one of these posts in its circulation."""
    return not any(embargo.in_force(at=at) and embargo.circulation.isdisjoint(posts) for embargo in embargoes)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Hold a dated event. `until` is its last day when it lasts several days; `occurrence` ("plo-panel/2") binds it to
    that.

    `called` is its proper name, if it has any ("State Funeral of Queen Elizabeth II").
    """

    name: str
    on: date
    known_at: datetime
    until: date | None = None
    who: str = ""
    source: str = ""
    inferred: bool = False
    occurrence: str | None = None
    embargo: Embargo | None = None
    called: str = ""

    @property
    def told(self) -> str:
        """Say who recorded it and from what source, for an explanation."""
        parts = [self.source, f"recorded by {self.who}" if self.who else "", "inferred" if self.inferred else ""]
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class FactBook:
    """Hold the facts known at an instant, in their latest version. `history` holds every fact about each occurrence, in
    the order in which they became known, and `versions` every fact of the same occurrence (or of none) and name.
    """

    at: datetime
    shared: Mapping[str, Fact] = field(default_factory=dict)
    of_occurrence: Mapping[tuple[str, str], Fact] = field(default_factory=dict)
    history: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    versions: Mapping[tuple[str | None, str], tuple[Fact, ...]] = field(default_factory=dict)

    def get(self, name: str, occurrence: str | None = None) -> Fact | None:
        """Give the fact of this occurrence, else the fact of that name for the whole council."""
        own = self.own(name, occurrence) if occurrence else None
        return own or self.shared.get(name)

    def own(self, name: str, occurrence: str) -> Fact | None:
        """Give the fact recorded for this occurrence and no other."""
        return self.of_occurrence.get((occurrence, name))

    def known_since(self, names: Iterable[str], occurrence: str, *, on: date) -> datetime | None:
        """Give the instant since which a day that facts of these names set was known, or an earlier day than that.

        What is recorded anew, or put off, gives nobody more time; nobody could work to a day before it was named.
        """
        told = sorted((fact for name in names for fact in self._told(name, occurrence)), key=lambda fact: fact.known_at)
        no_later = tuple(takewhile(lambda fact: fact.on <= on, reversed(told)))
        return next((fact.known_at for fact in (*reversed(no_later), *told)), None)

    def _told(self, name: str, occurrence: str) -> tuple[Fact, ...]:
        own, shared = self.versions.get((occurrence, name), ()), self.versions.get((None, name), ())
        # Until the occurrence had a fact of its own, that of the whole council held for it.
        return (*(fact for fact in shared if not own or fact.known_at < own[0].known_at), *own)

    def all_own(self, occurrence: str) -> Mapping[str, Fact]:
        """Give every fact recorded for this occurrence, by name."""
        return self.by_occurrence.get(occurrence, {})

    @cached_property
    def by_occurrence(self) -> Mapping[str, Mapping[str, Fact]]:
        by_occurrence: dict[str, dict[str, Fact]] = {}
        for (occurrence, name), fact in self.of_occurrence.items():
            by_occurrence.setdefault(occurrence, {})[name] = fact
        return by_occurrence

    def embargoes(self, names: Iterable[str], occurrence: str | None = None) -> tuple[Embargo, ...]:
        """Give the embargoes in force at this book's instant on anything derived from the named facts.

        Each has the instant at which it ends, when that is known.
        """
        facts = (self.get(name, occurrence) for name in names)
        ending = (self._ending(fact.embargo, occurrence) for fact in facts if fact and fact.embargo)
        return tuple(embargo for embargo in ending if embargo.in_force(at=self.at))

    def _ending(self, embargo: Embargo, occurrence: str | None) -> Embargo:
        """Set the end of an embargo: a publication lifts it on its own day, not on the day of its announcement."""
        lifted = self.get(embargo.until_fact, occurrence) if embargo.until_fact else None
        if lifted is None:
            return embargo
        lifted_at = start_of_day(lifted.on)
        return replace(embargo, until=min(embargo.until or lifted_at, lifted_at))


def known(facts: Iterable[Fact], *, at: datetime) -> FactBook:
    """Give the facts known at `at`: of two facts about the same event the last known wins, then the last added."""
    seen = sorted((fact for fact in facts if fact.known_at <= at), key=lambda fact: fact.known_at)
    history: dict[str, tuple[Fact, ...]] = {}
    versions: dict[tuple[str | None, str], tuple[Fact, ...]] = {}
    for fact in seen:
        key = (fact.occurrence, fact.name)
        versions[key] = (*versions.get(key, ()), fact)
        if fact.occurrence:
            history[fact.occurrence] = (*history.get(fact.occurrence, ()), fact)
    return FactBook(
        at,
        {fact.name: fact for fact in seen if not fact.occurrence},
        {(fact.occurrence, fact.name): fact for fact in seen if fact.occurrence},
        history,
        versions,
    )
