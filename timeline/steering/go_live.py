"""Say before the first apply, and after a late apply, what is past already, what is open, and when mails begin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from timeline.calendar.london import DAY, in_london, london_date
from timeline.calendar.wording import count, date_and_time, long_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.titles import post_title
from timeline.director.before_live import was_this_done
from timeline.escalation.day import horizon
from timeline.escalation.task_context import task_context
from timeline.forecast.rehearsal import Rehearsed, rehearse
from timeline.picture.audience import PlannedWork
from timeline.planning.plan import plan
from timeline.steering.task_lines import Line, task_lines
from timeline.steering.timeline_sheet import ListedTask, listed

_LOOK_AHEAD = timedelta(weeks=6)


@dataclass(frozen=True, kw_only=True)
class GoLive:
    """Hold what a first apply brings: `past` are the tasks of class A and B to ask about, `first_mails` sentences."""

    open_tasks: int
    past_tasks: int
    past: tuple[ListedTask, ...]
    first_mails: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say the figures and the first mails, without the tasks that are past."""
        were = "task was" if self.past_tasks == 1 else "tasks were"
        return (
            f"{count(self.open_tasks, 'task')} to come, {self.past_tasks} {were} due before going live.",
            *self.first_mails,
        )


def go_live(timeline: CouncilTimeline, *, at: datetime) -> GoLive:
    """Tell what the first apply of a timeline would bring, now."""
    live = timeline.going_live(on=london_date(at))
    return of_work(unsaid_work(live, at=at), at=at)


def of_work(work: PlannedWork, *, at: datetime) -> GoLive:
    """Tell the same of a plan as it stands."""
    lines = tuple(task_lines(work.tasks))
    return GoLive(
        open_tasks=sum(line.is_coming and line.task.milestone.chased for line in lines),
        past_tasks=sum(line.task.is_history for line in lines),
        past=past(lines),
        first_mails=tuple(first_mails(work.timeline, at=at)),
    )


def past(lines: Sequence[Line]) -> tuple[ListedTask, ...]:
    """List the tasks of class A and B of which nobody has said that they were done."""
    by_ref = {line.ref: line for line in lines}
    return tuple(listed(by_ref[task.milestone.ref]) for task in was_this_done([line.task for line in lines]))


def unsaid_work(timeline: CouncilTimeline, *, at: datetime) -> PlannedWork:
    """Plan a timeline about which nothing was said or answered yet."""
    known = timeline.as_known(at=at)
    occurrences = plan(known, at=at, until=horizon(known, at=at))
    tasks = (task_context(known, milestone, at=at) for each in occurrences for milestone in each.milestones)
    return PlannedWork(timeline=known, occurrences=occurrences, tasks=tuple(tasks))


def first_mails(timeline: CouncilTimeline, *, at: datetime) -> Iterator[str]:
    """Say when the first mails leave and to whom, by post; while it is a trial run, to whom they go instead."""
    on, council = london_date(at), timeline.council
    begin_on = on if in_london(at).time() < council.mail_at else on + DAY
    try:
        told = rehearse(timeline, from_on=begin_on, to_on=begin_on + _LOOK_AHEAD)
        first = next(_by_moment(told), None)
    except BeyondCalendar as trouble:
        yield f"It cannot be said when the first mails leave: {trouble}"
        return
    if first is None:
        yield "No mail leaves in the next six weeks."
        return
    leaves_at, mails = first
    posts = sorted({post_title(timeline.directory, rehearsed.prompt.post) for rehearsed in mails})
    yield f"The first mails leave on {date_and_time(leaves_at)}, for: {', '.join(posts)}."
    if council.shadow_until and council.in_shadow(on=london_date(leaves_at)):
        lead = post_title(timeline.directory, council.programme_lead)
        yield f"Until {long_date(council.shadow_until)} everything goes to the {lead} only."


def _by_moment(told: Iterator[Rehearsed]) -> Iterator[tuple[datetime, list[Rehearsed]]]:
    for leaves_at, same in groupby(told, key=lambda rehearsed: rehearsed.at):
        yield leaves_at, list(same)
