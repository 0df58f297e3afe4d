"""Hold occurrences and tasks (milestones), made by the rules from the facts known at an instant."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from timeline.definitions.duties import DutyClass, Ladder, OccurrenceKind
from timeline.definitions.facts import Embargo, Fact, under_embargo
from timeline.definitions.standing import Standing
from timeline.rules import Reading

AS_THE_LAW_SAYS = "the rule"
"""The reading that its own rule gives, beside those that somebody stated."""


class OccurrenceState(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    TOOK_PLACE = "took place"
    SUBMITTED = "submitted"


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """Hold a task: a dated piece of work. `due_on` is its working date; both dates are None while it `waits_for` a
    name.

    `closed_because` says in a sentence why nobody is asked for it any more (its occurrence was cancelled, or took
    place already); it is empty while people can be asked. `brief` holds the sentences of `why` that stand in a mail.
    `confirm` says whether a second person confirms it; None leaves it to the class. `act` says what is to be done in a
    few words. `because` is the plain sentence about its date, true up to `because_until` (None: always). `recorded` is
    the fact that says that it is done. A task that `finds_out` is asked while nobody knows what its duty counts from.
    A `provisional` date is counted on bank holidays that are worked out and not published yet.
    With `asks_owner` its owner says how each action of the improvement programme stands.
    """

    ref: str
    obligation: str
    number: int
    key: str
    title: str
    duty: str
    asks: str
    owner: str
    duty_class: DutyClass
    ladder: Ladder
    legal_on: date | None
    due_on: date | None
    basis: str
    standing: Standing
    waits_for: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    embargoes: tuple[Embargo, ...] = ()
    completes: bool = False
    ours: bool = True
    checklist: tuple[str, ...] = ()
    closed_because: str = ""
    confirm: bool | None = None
    act: str = ""
    because: str = ""
    because_until: date | None = None
    waits_for_election: bool = False
    recorded: Fact | None = None
    finds_out: bool = False
    provisional: bool = False
    asks_owner: bool = False

    @property
    def by_law(self) -> bool:
        """Tell whether the law requires this very task by this day."""
        return self.standing.is_law

    @property
    def by_direction(self) -> bool:
        """Tell whether a statutory direction requires this very task by this day."""
        return self.standing.binds and not self.by_law

    @property
    def needs_second_person(self) -> bool:
        """Tell whether somebody else confirms that it is done: class A does, unless its rule says otherwise."""
        return self.ours and (self.duty_class is DutyClass.A if self.confirm is None else self.confirm)

    @property
    def chased(self) -> bool:
        """Tell whether anybody is ever reminded of it."""
        return self.ours and self.due_on is not None and not self.closed_because


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """Hold a dated instance of a duty: a single date, a window until it is confirmed, or days from `starts_on`.

    `agreed` is another day to which Ofsted or the DfE agreed: it stands beside a legal date and moves nothing.
    `provisional_on` is a legal date past the verified calendar: everybody who should know is told. `stated` says who
    stated its date, where it is not the rule's own: then it is no legal date.
    """

    ref: str
    obligation: str
    number: int
    title: str
    kind: OccurrenceKind
    duty_class: DutyClass
    state: OccurrenceState
    original_on: date | None
    legal_on: date | None
    working_on: date | None
    opens_on: date | None = None
    closes_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    waits_for: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    embargoes: tuple[Embargo, ...] = ()
    milestones: tuple[Milestone, ...] = field(default=())
    ours: bool = True
    estimate: bool = False
    agreed: Fact | None = None
    provisional_on: date | None = None
    stated: str = ""

    @property
    def law_on(self) -> date | None:
        """Give the date that its own rule gives, or the latest that this can be, where somebody stated an earlier day:
        only this is a legal date.
        """
        if not self.stated:
            return self.legal_on
        counted = (reading.legal_on for reading in self.readings if reading.name == AS_THE_LAW_SAYS)
        return next(counted, min((each.legal_on for each in self.readings if each.upper_bound), default=None))

    @property
    def last_on(self) -> date | None:
        """Give its last day: of its days, of its window, or its legal date; None while it has none of these."""
        return self.ends_on or self.closes_on or self.legal_on


def refs_under_embargo(occurrences: Iterable[Occurrence], *, at: datetime) -> frozenset[str]:
    """Give the references of the occurrences that only their circulation may hear of."""
    return frozenset(each.ref for each in occurrences if under_embargo(each.embargoes, at=at))


@dataclass(frozen=True)
class Dated:
    """Hold a date that a rule may count from, with its name for people and the facts it rests on.

    An embargo on a fact covers everything derived from it. An `inferred` date was worked out by a person and is stated
    nowhere.
    """

    on: date
    source: str = ""
    facts: frozenset[str] = frozenset()
    called: str = ""
    inferred: bool = False


def resting_on(names: Collection[str], dates: Mapping[str, Dated]) -> frozenset[str]:
    """Give the facts under a set of names, through every date derived from another."""
    return frozenset[str]().union(*(dates[name].facts for name in names if name in dates))


def dated(fact: Fact) -> Dated:
    return Dated(fact.on, fact.told, frozenset({fact.name}), inferred=fact.inferred)


class CircularRule(ValueError):
    """Report dates that wait for each other."""


def in_dependency_order(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Order the keys so that each comes after those it needs; raise CircularRule."""
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        raise CircularRule(f"The dates wait for each other: {' -> '.join(error.args[1])}.") from None
