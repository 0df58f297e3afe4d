"""From rules and facts to dated occurrences: the whole timeline of a council as known at an instant."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from timeline import rules
from timeline.calendar import Calendars
from timeline.council import CouncilTimeline
from timeline.duties import Obligation
from timeline.facts import Fact, FactBook, known
from timeline.milestones import Frame, milestones
from timeline.occurrences import Dated, Occurrence, OccurrenceState, dated, each_after_its_needs, ref_of
from timeline.readings import Worked, work_out


def plan(timeline: CouncilTimeline, *, at: datetime, until: date) -> tuple[Occurrence, ...]:
    """Every occurrence up to `until` (included), from the facts known at `at`.

    Raises CircularRule when duties count from each other, RuleError for a rule that cannot be read.
    """
    timeline = timeline.as_known(at=at)
    book = known(timeline.facts, at=at)
    dates = {name: dated(fact) for name, fact in book.shared.items()}
    found: list[Occurrence] = []
    for obligation in in_order(timeline.obligations):
        worked = work_out(obligation, dates, timeline.calendars, until=until)
        found += [_occurrence(obligation, one, book, dates, timeline.calendars) for one in worked]
        if worked and worked[0].legal_on:
            called = f"the date of “{obligation.title}”"
            dates[obligation.key] = Dated(worked[0].legal_on, "", worked[0].facts, called)
    return tuple(found)


def in_order(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """Each duty after those it counts from."""
    by_key = {obligation.key: obligation for obligation in obligations}
    needs = {key: [name for name in _counted_from(one) if name in by_key] for key, one in by_key.items()}
    return tuple(by_key[key] for key in each_after_its_needs(needs))


def _counted_from(obligation: Obligation) -> set[str]:
    texts = (obligation.rule, *(reading.rule for reading in obligation.readings))
    return {name for text in texts for name in rules.names(rules.parse(text))}


def _occurrence(
    obligation: Obligation, worked: Worked, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars
) -> Occurrence:
    """One occurrence with its milestones; a fact of its own (`moved`, or what confirms a window) sets its days."""
    ref = ref_of(obligation, worked.number)
    fact = book.own("moved", ref) or (book.own(obligation.confirmed_by, ref) if obligation.confirmed_by else None)
    frame = Frame(obligation, worked, fact, book, dates, calendars)
    return Occurrence(
        ref=ref,
        obligation=obligation.key,
        number=worked.number,
        title=obligation.title,
        kind=obligation.kind,
        duty_class=obligation.duty_class,
        state=_state(book, ref, fact),
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
    )


def _state(book: FactBook, ref: str, set_by: Fact | None) -> OccurrenceState:
    if book.own("cancelled", ref):
        return OccurrenceState.CANCELLED
    if book.own("held", ref):
        return OccurrenceState.TOOK_PLACE
    if set_by is None:
        return OccurrenceState.PLANNED
    return OccurrenceState.POSTPONED if set_by.name == "moved" else OccurrenceState.CONFIRMED
