"""Find the open tasks that pass to another person when people change, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from timeline.answers.responses import Response, State
from timeline.calendar.london import DAY, london_date
from timeline.calendar.wording import count, long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Directory, Recipient
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import TaskContext, still_binding, task_context
from timeline.planning.occurrences import Milestone, Occurrence


class Tasks(NamedTuple):
    """Hold a timeline and its planned occurrences."""

    timeline: CouncilTimeline
    occurrences: Sequence[Occurrence]

    @property
    def by_ref(self) -> dict[str, Milestone]:
        return {task.ref: task for occurrence in self.occurrences for task in occurrence.milestones}


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Hold tasks that pass from a person to another.

    `ref` is a task that was already asked for, or the post whose other tasks were not asked for yet; `from_` and `to`
    are people with their posts, empty for nobody.
    """

    ref: str
    from_: str
    to: str
    why: str


@dataclass(frozen=True)
class _Passed:
    """Hold the day since which another person is asked."""

    since_on: date
    was: Recipient | None
    now: Recipient | None


def handovers(
    before: Tasks,
    after: Tasks,
    entries: Mapping[str, Sequence[LedgerEntry]],
    responses: Mapping[str, Sequence[Response]],
    *,
    at: datetime,
) -> Iterator[Handover]:
    """Find every open task that would be asked of another person, at once or from a later day on.

    Tasks that nobody was asked for yet share a single line for each post.
    """
    unasked: dict[tuple[str, _Passed], list[Milestone]] = {}
    passed = _by_post(before.timeline.directory, after.timeline.directory, on=london_date(at))
    was = before.by_ref
    for ref, task in after.by_ref.items():
        if ref not in was or not task.chased or was[ref].owner != task.owner:
            continue
        old, new = (
            task_context(tasks.timeline, task, entries.get(ref, ()), responses.get(ref, ()), at=at)
            for tasks in (before, after)
        )
        change = _change(old, new, passed.get(task.owner))
        if change is None or old.status.state is State.DONE or old.is_history:
            continue
        if _has_begun(old):
            said = entries.get(ref, ()), responses.get(ref, ())
            yield _handed_over(ref, change, new, _falls(old, after.timeline, said, change.since_on))
        else:
            unasked.setdefault((task.owner, change), []).append(task)
    for (post, change), tasks in unasked.items():
        yield _together(post, change, tasks, after.timeline.directory)


def _by_post(before: Directory, after: Directory, *, on: date) -> dict[str, _Passed]:
    """Find the first day on which the tasks of each post pass to another person."""
    days = {on, *(day for directory in (before, after) for day in _changes(directory) if day > on)}
    passed: dict[str, _Passed] = {}
    for day in sorted(days):
        for post in before.posts.keys() & after.posts.keys():
            was, now = (directory.meant(OWNER, owner=post, on=day) for directory in (before, after))
            if post not in passed and _key(was) != _key(now):
                passed[post] = _Passed(day, was, now)
    return passed


def _changes(directory: Directory) -> Iterator[date]:
    for holder in directory.holders:
        yield from (day for day in (holder.from_on, holder.until_on and holder.until_on + DAY) if day)


def _change(was: TaskContext, now: TaskContext, passed: _Passed | None) -> _Passed | None:
    """Tell to whom a task passes: a delegated task stays with the delegate, and goes back when that person has left."""
    delegate = was.audience.delegate()
    if delegate:
        asked = now.audience.asked()
        return _Passed(was.on, delegate, asked) if _key(asked) != _key(delegate) else None
    due_on = was.milestone.due_on
    soon = passed and due_on and (passed.since_on <= due_on or passed.since_on == was.on)
    return passed if soon else None


def _key(recipient: Recipient | None) -> str:
    return recipient.person.key if recipient else ""


def _has_begun(task: TaskContext) -> bool:
    return any(entry.accepted_at for entry in task.entries) or task.status.response is not None


def _falls(
    task: TaskContext,
    after: CouncilTimeline,
    said: tuple[Sequence[LedgerEntry], Sequence[Response]],
    on: date,
) -> str:
    """Word that an answer binds nobody any more from that day on, as the ladder will see it; empty when it stays."""
    response = task.status.response
    if response is None or task.status.state is State.OPEN:
        return ""
    stays = response in still_binding(after, task.milestone, *said, on=on)
    return "" if stays else f"That it was {task.status.state.value} falls."


def _handed_over(ref: str, change: _Passed, now: TaskContext, falls: str) -> Handover:
    why = " ".join(filter(None, (_why(change, now.timeline.directory), falls)))
    return Handover(ref=ref, from_=_named(change.was), to=_named(change.now), why=why)


def _together(post: str, change: _Passed, tasks: Sequence[Milestone], directory: Directory) -> Handover:
    first = min(tasks, key=lambda milestone: (str(milestone.due_on), milestone.ref))
    due = f", due {long_date(first.due_on)}" if first.due_on else ""
    begin = "it is" if len(tasks) == 1 else "the first is"
    coming = f"{count(len(tasks), 'task')} that nobody was asked for yet ({begin} {first.ref}{due})."
    why = f"{_why(change, directory)} {coming}"
    return Handover(ref=post, from_=_named(change.was), to=_named(change.now), why=why)


def _why(change: _Passed, after: Directory) -> str:
    since = f"from {long_date(change.since_on)} on"
    held = [holder for holder in after.holders if holder.holds(on=change.since_on)]
    if change.was and not any(holder.person == change.was.person.key for holder in held):
        return f"{change.was.person.name} holds no post {since}."
    if change.now is None:
        return f"Nobody is in post {since}."
    theirs = (change.now.post.key, change.now.person.key)
    acts = any(holder.acting and (holder.post, holder.person) == theirs for holder in held)
    return f"{change.now.person.name} {'acts as' if acts else 'holds'} {change.now.post.title} {since}."


def _named(recipient: Recipient | None) -> str:
    return f"{recipient.person.name} ({recipient.post.title})" if recipient else ""
