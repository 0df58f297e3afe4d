"""Name the legal dates of the next four weeks, and the submissions that no committee's meeting can still agree."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import under_embargo
from timeline.director.risks import by_date, day, of_duty
from timeline.escalation.held import owed
from timeline.escalation.task_context import TaskContext
from timeline.planning.endings.council_end import council_end
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.sign_off import summary as sign_off
from timeline.sign_off.countdown_wording import line

AHEAD = timedelta(weeks=4)
_OVER = (OccurrenceState.TOOK_PLACE, OccurrenceState.SUBMITTED, OccurrenceState.CANCELLED)


def not_met(
    timeline: CouncilTimeline, occurrences: Iterable[Occurrence], tasks: Sequence[TaskContext], *, at: datetime
) -> tuple[Occurrence, ...]:
    """Find the legal dates of the next four weeks that are not met, those of other bodies too, by date.

    A council that has ended has none: they bind those that have its duties now.
    """
    if council_end(timeline, at=at):
        return ()
    on = london_date(at)
    of_law = {duty.key for duty in timeline.obligations if duty.has_legal_date}
    met = {of_duty(task) for task in tasks if task.milestone.completes and task.status.is_done}
    dates = (
        occurrence
        for occurrence in occurrences
        if occurrence.obligation in of_law
        and occurrence.law_on
        and on <= occurrence.law_on <= on + AHEAD
        and occurrence.state not in _OVER
        and (occurrence.obligation, occurrence.number) not in met
    )
    return tuple(sorted(dates, key=lambda occurrence: (f"{occurrence.law_on}", occurrence.title)))


_REMEDY = "the bank holidays that it counts on are not known; upgrade Daymark, or list them in the timeline"


def past_calendar(occurrences: Iterable[Occurrence], *, at: datetime) -> tuple[Occurrence, ...]:
    """Find the legal dates past the verified calendar, without those under embargo."""
    open_ = (each for each in occurrences if each.provisional_on and each.state not in _OVER)
    return tuple(each for each in open_ if not under_embargo(each.embargoes, at=at))


def coming(
    timeline: CouncilTimeline, occurrences: Iterable[Occurrence], tasks: Sequence[TaskContext], *, at: datetime
) -> Iterator[str]:
    """Name the legal dates of the next four weeks that are not met and are under no embargo."""
    on, occurrences = london_date(at), tuple(occurrences)
    for occurrence in past_calendar(occurrences, at=at):
        if occurrence.provisional_on:
            yield f"{occurrence.title}, provisionally {day(occurrence.provisional_on, on)}: {_REMEDY}"
    for occurrence in not_met(timeline, occurrences, tasks, at=at):
        if occurrence.law_on and not under_embargo(occurrence.embargoes, at=at):
            agreed = occurrence.agreed
            beside = f" (agreed with {agreed.who}: {day(agreed.on, on)}; the legal date stays)" if agreed else ""
            beside = _worked_to(occurrence, on) or beside
            yield f"{occurrence.title}, {day(occurrence.law_on, on)}{beside}"


def _worked_to(occurrence: Occurrence, on: date) -> str:
    """Say which earlier day somebody stated: we work to that, and it is no legal date."""
    if not occurrence.stated or occurrence.legal_on is None:
        return ""
    return f" (we work to {day(occurrence.legal_on, on)}, {occurrence.stated})"


def without_meeting(
    tasks: Sequence[TaskContext], decided: Collection[tuple[str, int]], *, at: datetime
) -> Iterator[str]:
    """Say of each submission to come that no recorded meeting of its committee can still agree it."""
    for task in sorted(tasks, key=by_date):
        milestone = task.milestone
        open_ = milestone.completes and owed(task) and of_duty(task) not in decided
        if not open_ or under_embargo(milestone.embargoes, at=at):
            continue
        counted = sign_off.of(task.timeline, milestone.obligation, milestone.due_on, on=task.on)
        if counted and counted.meeting_on is None:
            yield f"{milestone.duty}: {line(counted).removesuffix('.')}"
