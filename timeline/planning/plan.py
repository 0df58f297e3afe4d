"""Plan from rules and facts to dated occurrences: the whole timeline of a council as known at an instant."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import Fact, FactBook
from timeline.definitions.refs import duty_of, number_of, occurrence_ref
from timeline.planning import rescheduling as moves
from timeline.planning.due_dates import DutyDate, dates_of_duty
from timeline.planning.endings.council_end import handed_on
from timeline.planning.late_visits import behind_late_visits
from timeline.planning.made_of import MadeOf, made_of
from timeline.planning.milestones import milestones
from timeline.planning.occurrence_dates import OccurrenceDates
from timeline.planning.occurrences import Dated, Occurrence, OccurrenceState, dated, in_dependency_order
from timeline.planning.owners_asked.owners import with_owners
from timeline.planning.series_end import anew_with_each, begun_on, each_of, is_laid, series_end


def recorded_dates(
    obligation: Obligation, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars, *, until: date
) -> tuple[DutyDate, ...]:
    """Give a date for each fact `each` that is bound to an occurrence of the duty, under that occurrence's number.

    The rule counts from the facts of the occurrence before those of the council. Empty while nothing is recorded. Of a
    duty that comes `again` the first is there from the beginning, and the council's own fact dates it.
    """
    duty_dates: list[DutyDate] = []
    for number in numbers(obligation, book):
        own = {name: dated(fact) for name, fact in book.all_own(occurrence_ref(obligation.key, number)).items()}
        worked = dates_of_duty(obligation, {**dates, **own}, calendars, until=until)
        duty_dates += [replace(duty_date, number=number) for duty_date in worked[:1]]
    return tuple(duty_dates)


def numbers(obligation: Obligation, book: FactBook) -> tuple[int, ...]:
    """Give the numbers of the occurrences that were recorded."""
    made_by = obligation.each or obligation.again
    refs = (ref for ref, facts in book.by_occurrence.items() if made_by in facts)
    own = {number_of(ref) for ref in refs if duty_of(ref) == obligation.key} | ({1} if obligation.again else set())
    return tuple(sorted(number for number in own if number is not None))


ESTIMATE = "This is an estimate from dated cases, not a date that anybody has set."


def plan(
    timeline: CouncilTimeline, *, at: datetime, until: date, obligations: Collection[str] | None = None
) -> tuple[Occurrence, ...]:
    """Give every occurrence up to `until` (included), from the facts known at `at`; only those of `obligations` if
    named.

    Raises CircularRule when duties count from each other, RuleError for a rule that cannot be read.
    """
    if obligations is not None and not obligations:
        return ()
    planned = _plan(made_of(timeline, at=at), until, None if obligations is None else frozenset(obligations))
    return handed_on(with_owners(planned, timeline.as_known(at=at), at=at), timeline, at=at)


# A day asks for the same plan several times, and the next day for nearly the same.
@lru_cache(maxsize=16)
def _plan(made: MadeOf, until: date, obligations: frozenset[str] | None) -> tuple[Occurrence, ...]:
    book, calendars = made.book, made.calendars
    dates = {name: dated(fact) for name, fact in (*_firsts(made), *book.shared.items())}
    ordered = in_order(made.obligations)
    wanted = [duty for duty in ordered if obligations is None or duty.key in obligations]
    needed = _needed(wanted, ordered)
    worked: dict[str, tuple[DutyDate, ...]] = {}
    for obligation in ordered:
        if obligation.key not in needed:
            continue
        base = each_of(obligation, ordered)
        anew = (base, worked[base.key]) if base and worked[base.key] else None
        worked[obligation.key] = duty_dates = _worked(obligation, book, dates, calendars, until, anew)
        # Of what facts begin, the newest counts: a second notice begins its reviews anew.
        counted = duty_dates[-1] if duty_dates and obligation.each else next(iter(duty_dates), None)
        if counted and counted.legal_on:
            called = f"the date of “{obligation.title}”"
            dates[obligation.key] = Dated(counted.legal_on, "", counted.facts, called)
    # After all of them: a task may count from any duty.
    made_of_these = _occurrences(made, tuple(dates.items()))
    return tuple(made_of_these.of(duty, duty_date) for duty in wanted for duty_date in worked[duty.key])


@dataclass(frozen=True)
class _Occurrences:
    """Make the occurrences of these facts and dates, each of them once."""

    made: MadeOf
    dates: Mapping[str, Dated]
    _kept: dict[tuple[str, DutyDate], Occurrence] = field(default_factory=dict)

    def of(self, duty: Obligation, duty_date: DutyDate) -> Occurrence:
        if (duty.key, duty_date) not in self._kept:
            occurrence = _occurrence(duty, duty_date, self.made.book, self.dates, self.made.calendars)
            self._kept[duty.key, duty_date] = occurrence
        return self._kept[duty.key, duty_date]


@lru_cache(maxsize=8)
def _occurrences(made: MadeOf, dates: tuple[tuple[str, Dated], ...]) -> _Occurrences:
    return _Occurrences(made, dict(dates))


def _firsts(made: MadeOf) -> Iterator[tuple[str, Fact]]:
    """Give the first of the facts that come again, where it is bound to its occurrence: others count from it too."""
    for name, duty in ((duty.again, duty) for duty in made.obligations):
        if name and (first := made.book.own(name, occurrence_ref(duty.key, 1))):
            yield name, first


def _needed(wanted: Iterable[Obligation], ordered: Sequence[Obligation]) -> set[str]:
    """Name the wanted duties and those that they or their tasks count from, through every duty between."""
    names = {name for duty in wanted for name in (duty.key, *_tasks_counted_from(duty))}
    for duty in reversed(ordered):
        if duty.key in names:
            names |= _counted_from(duty)
    return names


def _tasks_counted_from(obligation: Obligation) -> set[str]:
    return {name for rule in obligation.milestones for name in rules.names(rules.parse(rule.when))}


def in_order(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """Put each duty after those it counts from."""
    by_key = {obligation.key: obligation for obligation in obligations}
    needs = {key: [name for name in _counted_from(duty) if name in by_key] for key, duty in by_key.items()}
    return tuple(by_key[key] for key in in_dependency_order(needs))


def _counted_from(obligation: Obligation) -> set[str]:
    texts = (obligation.rule, *(reading.rule for reading in obligation.readings))
    return {name for text in texts for name in rules.names(rules.parse(text))}


def _worked(
    obligation: Obligation,
    book: FactBook,
    dates: Mapping[str, Dated],
    calendars: Calendars,
    until: date,
    anew: tuple[Obligation, tuple[DutyDate, ...]] | None,
) -> tuple[DutyDate, ...]:
    """Work out the dates of a duty, which may wait for a condition besides the dates they count from.

    `anew` are the duty and its dates from each of which a series counts anew.
    """
    ended, is_series = series_end(obligation, book), rules.is_series(rules.parse(obligation.rule))
    if ended and is_series:
        until = min(until, ended.on)
    if obligation.each or obligation.again:
        worked = recorded_dates(obligation, book, dates, calendars, until=until)
    elif anew:
        worked = tuple(anew_with_each(obligation, *anew, book, dates, calendars, until=until))
    else:
        worked = dates_of_duty(obligation, dates, calendars, until=until)
    if obligation.confirmed_by:
        worked = tuple(behind_late_visits(obligation, worked, book, calendars))
    on_track = begun_on(obligation, book) is not None
    counted_from = {dates[name].on for name in rules.names(rules.parse(obligation.rule)) if name in dates}
    laid = (
        duty_date
        for duty_date in worked
        if is_laid(obligation, duty_date.number, book) and (on_track or duty_date.legal_on)
        # Nothing is reviewed on the day on which it begins.
        if not (obligation.track and is_series and duty_date.legal_on in counted_from)
    )
    return tuple(_conditional(obligation, duty_date, book) for duty_date in laid)


def _conditional(obligation: Obligation, duty_date: DutyDate, book: FactBook) -> DutyDate:
    """Take the dates away until the condition is known; an occurrence that took place needs no condition."""
    ref, condition = occurrence_ref(obligation.key, duty_date.number), obligation.condition
    if condition is None or book.get(condition, ref) or book.own(moves.HELD, ref):
        return duty_date
    waits = f"it waits for “{plain_name(condition)}”."
    why = f"Planned for {long_date(duty_date.legal_on)}; {waits}" if duty_date.legal_on else f"I{waits[1:]}"
    return DutyDate(
        number=duty_date.number,
        legal_on=None,
        working_on=None,
        waits_for=(condition,),
        why=(*duty_date.why, why),
        brief=(why,),
        facts=duty_date.facts,
    )


def _occurrence(
    obligation: Obligation, duty_date: DutyDate, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars
) -> Occurrence:
    """Make an occurrence with its tasks; a fact of its own sets its days, unless they wait for a condition."""
    ref = occurrence_ref(obligation.key, duty_date.number)
    waits = obligation.condition is not None and duty_date.waits_for == (obligation.condition,)
    fact = None if waits else moves.date_setting_fact(obligation, book, ref)
    # Days set by a fact are no estimate any more.
    estimate = obligation.estimate and fact is None
    if estimate:
        duty_date = replace(duty_date, why=(*duty_date.why, ESTIMATE), brief=(*duty_date.brief, ESTIMATE))
    frame = OccurrenceDates(obligation, duty_date, fact, book, dates, calendars)
    return Occurrence(
        ref=ref,
        obligation=obligation.key,
        number=duty_date.number,
        title=obligation.title,
        kind=obligation.kind,
        duty_class=obligation.duty_class,
        state=_state(frame),
        original_on=duty_date.legal_on,
        legal_on=frame.legal_on,
        working_on=frame.working_on,
        opens_on=duty_date.opens_on,
        closes_on=duty_date.closes_on,
        starts_on=frame.starts_on,
        ends_on=frame.ends_on,
        waits_for=() if fact else duty_date.waits_for,
        why=frame.why,
        readings=duty_date.readings,
        embargoes=book.embargoes(frame.facts, ref),
        milestones=milestones(frame),
        ours=obligation.ours,
        estimate=estimate,
        agreed=moves.agreed(obligation, book, ref),
        provisional_on=frame.provisional_on,
        stated=frame.stated,
    )


def _state(dates: OccurrenceDates) -> OccurrenceState:
    # A notice may be closed on the day of its review, which took place all the same.
    if dates.cancelled or (dates.ended and dates.held is None):
        return OccurrenceState.CANCELLED
    if dates.submitted and not (dates.fact and dates.fact.name == moves.HELD):
        return OccurrenceState.SUBMITTED
    if dates.fact is None:
        return OccurrenceState.PLANNED
    return _STATES.get(dates.fact.name, OccurrenceState.CONFIRMED)


_STATES = {moves.HELD: OccurrenceState.TOOK_PLACE, moves.MOVED: OccurrenceState.POSTPONED}
