"""Show each audience the timeline that it may hear of: what is under embargo stands as it was known before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from timeline.answers.responses import State
from timeline.calendar.london import DAY, london_date, start_of_day
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.facts import known, may_hear
from timeline.definitions.refs import occurrence_of
from timeline.escalation.day import horizon
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.planning.plan import plan


class Audience(StrEnum):
    """Name the readers of a picture: the programme team hears what the programme lead may hear, a board what all may.

    Administrators share the login of Prefect's window: they hear what all may, with every number.
    """

    PROGRAMME_TEAM = "programme team"
    ADMINISTRATORS = "administrators"
    BOARD = "board"

    def posts(self, council: Council) -> frozenset[str]:
        """Give the posts in whose place they hear."""
        return frozenset({council.programme_lead} if self is Audience.PROGRAMME_TEAM else ())

    @property
    def counts(self) -> bool:
        """Tell whether they read small counts: outside the improvement team these would tell of single people."""
        return self is not Audience.BOARD


@dataclass(frozen=True, kw_only=True)
class PlannedWork:
    """Hold a council's plan: its occurrences as they stand, and the tasks with all that bears on them at an
    instant.
    """

    timeline: CouncilTimeline
    occurrences: Sequence[Occurrence]
    tasks: Sequence[TaskContext]


def holds_until(work: PlannedWork, *, at: datetime) -> datetime:
    """Give the instant up to which the tasks stay as they are at `at`, as long as nothing is recorded: the end of the
    day, or of an embargo.

    An acknowledgement runs out when a day begins, and whatever else is decided about a task counts in days.
    """
    embargoes = (embargo for task in work.tasks for embargo in task.milestone.embargoes)
    ends_at = [embargo.until for embargo in embargoes if embargo.until and embargo.until > at]
    return min((*ends_at, start_of_day(london_date(at) + DAY)))


def alive(work: PlannedWork, *, since_on: date) -> PlannedWork:
    """Leave out the occurrences that were over before a day and have no task that still needs somebody: a page then
    costs what is alive, and not what there ever was.
    """
    done = {task.milestone.ref for task in work.tasks if task.status.state is State.DONE}
    living = tuple(each for each in work.occurrences if _is_alive(each, done, since_on))
    refs = {milestone.ref for each in living for milestone in each.milestones}
    tasks = tuple(task for task in work.tasks if task.milestone.ref in refs)
    return PlannedWork(timeline=work.timeline, occurrences=living, tasks=tasks)


def _is_alive(occurrence: Occurrence, done: Collection[str], since_on: date) -> bool:
    last_on = occurrence.last_on or occurrence.original_on
    if last_on is None or last_on >= since_on:
        return True
    return any(task.chased and task.ref not in done for task in occurrence.milestones)


def heard(work: PlannedWork, audience: Audience, *, at: datetime) -> PlannedWork:
    """Give the plan that this audience may know.

    An occurrence under embargo is planned again without the facts that the audience may not hear of, and its tasks
    stand as they were. To leave it out would tell that something has arrived: the row that waited for the report would
    be gone, or fewer tasks be red.
    """
    posts = audience.posts(work.timeline.council)
    hidden = {occurrence.ref for occurrence in work.occurrences if not may_hear(posts, occurrence.embargoes, at=at)}
    before = _known_before(work, hidden, posts, at) if hidden else {}
    shown = (before.get(occurrence.ref) if occurrence.ref in hidden else occurrence for occurrence in work.occurrences)
    known_before = {task.ref: task for occurrence in before.values() for task in occurrence.milestones}
    tasks = (
        _as_before(task, known_before) if occurrence_of(task.milestone.ref) in hidden else task
        for task in work.tasks
        if occurrence_of(task.milestone.ref) in hidden or may_hear(posts, task.milestone.embargoes, at=at)
    )
    return PlannedWork(
        timeline=work.timeline,
        occurrences=tuple(occurrence for occurrence in shown if occurrence),
        tasks=tuple(task for task in tasks if task),
    )


def _as_before(task: TaskContext, known_before: Mapping[str, Milestone]) -> TaskContext | None:
    """Give the task with the dates that the audience knows, and what was said about those; None for a task that came to
    be by what it may not hear of.
    """
    milestone = known_before.get(task.milestone.ref)
    if milestone is None:
        return None
    about_it = (entry for entry in (*task.entries_before, *task.entries) if entry.key.due_on == milestone.due_on)
    return replace(task, milestone=milestone, entries=tuple(about_it), entries_before=())


def _known_before(
    work: PlannedWork, hidden: Collection[str], posts: frozenset[str], at: datetime
) -> dict[str, Occurrence]:
    """Plan the hidden duties without the facts under embargo, by reference."""
    book = known(work.timeline.facts, at=at)
    facts = tuple(
        fact for fact in work.timeline.facts if may_hear(posts, book.embargoes((fact.name,), fact.occurrence), at=at)
    )
    duties = frozenset(occurrence.obligation for occurrence in work.occurrences if occurrence.ref in hidden)
    told = replace(work.timeline, facts=facts)
    planned = plan(told, at=at, until=horizon(work.timeline, at=at), obligations=duties)
    return {occurrence.ref: occurrence for occurrence in planned}
