"""From rules and facts to dated occurrences: the whole timeline of a council as known at an instant."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import REGIME_ENDED, FactBook, known
from timeline.planning import rescheduling as moves
from timeline.planning.due_dates import Worked, work_out
from timeline.planning.milestones import Frame, milestones
from timeline.planning.occurrences import Dated, Occurrence, OccurrenceState, dated, each_after_its_needs, ref_of


def instances(
    obligation: Obligation, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars, *, until: date
) -> tuple[Worked, ...]:
    """One date for each fact `each` that is bound to an occurrence of the duty, under the number of that occurrence.

    The rule counts from the facts of the occurrence before those of the council. Empty while nothing is recorded.
    """
    found: list[Worked] = []
    for number in numbers(obligation, book):
        own = {name: dated(fact) for name, fact in book.all_own(f"{obligation.key}/{number}").items()}
        worked = work_out(obligation, {**dates, **own}, calendars, until=until)
        found += [replace(one, number=number) for one in worked[:1]]
    return tuple(found)


def numbers(obligation: Obligation, book: FactBook) -> tuple[int, ...]:
    """The numbers of the occurrences that were recorded."""
    refs = (ref for ref, facts in book.by_occurrence.items() if obligation.each in facts)
    parts = (ref.partition("/") for ref in refs)
    return tuple(sorted(int(number) for key, _, number in parts if key == obligation.key and number.isdigit()))


ESTIMATE = "This is an estimate from dated cases, not a date that anybody has set."


def plan(timeline: CouncilTimeline, *, at: datetime, until: date) -> tuple[Occurrence, ...]:
    """Every occurrence up to `until` (included), from the facts known at `at`.

    Raises CircularRule when duties count from each other, RuleError for a rule that cannot be read.
    """
    timeline = timeline.as_known(at=at)
    book = known(timeline.facts, at=at)
    dates = {name: dated(fact) for name, fact in book.shared.items()}
    found: dict[Obligation, tuple[Worked, ...]] = {}
    for obligation in in_order(timeline.obligations):
        found[obligation] = worked = _worked(obligation, book, dates, timeline.calendars, until)
        if worked and worked[0].legal_on and obligation.each is None:
            called = f"the date of “{obligation.title}”"
            dates[obligation.key] = Dated(worked[0].legal_on, "", worked[0].facts, called)
    # After all of them: a task may count from any duty.
    calendars = timeline.calendars
    return tuple(_occurrence(duty, one, book, dates, calendars) for duty, ones in found.items() for one in ones)


def in_order(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """Each duty after those it counts from."""
    by_key = {obligation.key: obligation for obligation in obligations}
    needs = {key: [name for name in _counted_from(one) if name in by_key] for key, one in by_key.items()}
    return tuple(by_key[key] for key in each_after_its_needs(needs))


def _counted_from(obligation: Obligation) -> set[str]:
    texts = (obligation.rule, *(reading.rule for reading in obligation.readings))
    return {name for text in texts for name in rules.names(rules.parse(text))}


def _worked(
    obligation: Obligation, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars, until: date
) -> tuple[Worked, ...]:
    """The dates of the duty with what they wait for besides the dates they count from."""
    ended = book.get(REGIME_ENDED)
    if ended and rules.is_series(rules.parse(obligation.rule)):
        until = min(until, ended.on)
    if obligation.each:
        worked = instances(obligation, book, dates, calendars, until=until)
    else:
        worked = work_out(obligation, dates, calendars, until=until)
    return tuple(_conditional(obligation, one, book) for one in worked)


def _conditional(obligation: Obligation, worked: Worked, book: FactBook) -> Worked:
    """Until its condition is known a duty has no dates; what took place all the same needs no condition."""
    ref, condition = ref_of(obligation, worked.number), obligation.condition
    if condition is None or book.get(condition, ref) or book.own(moves.HELD, ref):
        return worked
    waits = f"it waits for “{plain_name(condition)}”."
    why = f"Planned for {long_date(worked.legal_on)}; {waits}" if worked.legal_on else f"I{waits[1:]}"
    return Worked(
        number=worked.number,
        legal_on=None,
        working_on=None,
        waits_for=(condition,),
        why=(*worked.why, why),
        brief=(why,),
        facts=worked.facts,
    )


def _occurrence(
    obligation: Obligation, worked: Worked, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars
) -> Occurrence:
    """One occurrence with its milestones; a fact of its own sets its days, unless they wait for a condition."""
    ref = ref_of(obligation, worked.number)
    waits = obligation.condition is not None and worked.waits_for == (obligation.condition,)
    fact = None if waits else moves.setting(obligation, book, ref)
    # Days that somebody has set are no estimate any more.
    estimate = obligation.estimate and fact is None
    if estimate:
        worked = replace(worked, why=(*worked.why, ESTIMATE), brief=(*worked.brief, ESTIMATE))
    frame = Frame(obligation, worked, fact, book, dates, calendars)
    return Occurrence(
        ref=ref,
        obligation=obligation.key,
        number=worked.number,
        title=obligation.title,
        kind=obligation.kind,
        duty_class=obligation.duty_class,
        state=_state(frame),
        original_on=worked.legal_on,
        legal_on=frame.legal_on,
        working_on=frame.working_on,
        opens_on=worked.opens_on,
        closes_on=worked.closes_on,
        starts_on=frame.starts_on,
        ends_on=frame.ends_on,
        waits_for=() if fact else worked.waits_for,
        why=frame.why,
        readings=worked.readings,
        embargoes=book.embargoes(frame.facts, ref),
        milestones=milestones(frame),
        ours=obligation.ours,
        estimate=estimate,
    )


def _state(frame: Frame) -> OccurrenceState:
    if frame.cancelled:
        return OccurrenceState.CANCELLED
    if frame.fact is None:
        return OccurrenceState.PLANNED
    return _STATES.get(frame.fact.name, OccurrenceState.CONFIRMED)


_STATES = {moves.HELD: OccurrenceState.TOOK_PLACE, moves.MOVED: OccurrenceState.POSTPONED}
