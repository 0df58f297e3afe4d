"""Give a duty that asks owners of actions a task for each post that owns an open action of the programme."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from timeline.calendar.london import london_date
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, Ladder, Level, Mark
from timeline.definitions.people import Post
from timeline.definitions.refs import task_ref
from timeline.planning.occurrences import Milestone, Occurrence

NOTHING_OPEN = "No action of this owner is open any more."
_ASKED_FOR = timedelta(weeks=2)
_ABOVE = (Level.DIRECTOR, Level.CHIEF_EXECUTIVE)
_NEVER_ASKED = (Level.MEMBER, Level.EXTERNAL)


def asked_on(ladder: Ladder, due_on: date, office: WorkingCalendar) -> date:
    """Give the day on which a ladder asks first."""
    before = [rung.working_days for rung in ladder.rungs if rung.mark is Mark.BEFORE_DUE and rung.working_days]
    with suppress(BeyondCalendar):
        return office.subtract(due_on, max(before)) if before else due_on
    return due_on


class Same:
    """Compare values by being the very same: plans are kept, and to compare two costs as much as to make them."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


class _Owner(NamedTuple):
    """Hold a post that is asked, whether its line manager may hear of it, and why nobody asks it any more."""

    post: Post
    with_manager: bool
    closed: str


def with_owners(planned: tuple[Occurrence, ...], timeline: CouncilTimeline, *, at: datetime) -> tuple[Occurrence, ...]:
    """Give each occurrence of such a duty the tasks of the owners of that month; a month without an owner has none."""
    asking = {duty.key for duty in timeline.obligations if duty.asks_owners}
    theirs = [occurrence for occurrence in planned if occurrence.obligation in asking]
    if not theirs:
        return planned
    given = (_asking(Same(each), tuple(_owners(each, timeline, at))) for each in theirs)
    return _joined(Same(planned), tuple(Same(each) for each in given))


@lru_cache(maxsize=16)
def _joined(planned: Same, given: tuple[Same, ...]) -> tuple[Occurrence, ...]:
    """Put the occurrences in the places of those they were made of, by reference; leave out those without a task."""
    by_ref: dict[str, Occurrence] = {each.value.ref: each.value for each in given}
    occurrences = (by_ref.get(each.ref, each) for each in planned.value)
    return tuple(each for each in occurrences if each.milestones or each.ref not in by_ref)


@lru_cache(maxsize=512)
def _asking(occurrence: Same, owners: tuple[_Owner, ...]) -> Occurrence:
    tasks = (_of(task, owner) for task in occurrence.value.milestones for owner in owners)
    made: Occurrence = replace(occurrence.value, milestones=tuple(tasks))
    return made


def _owners(occurrence: Occurrence, timeline: CouncilTimeline, at: datetime) -> Iterator[_Owner]:
    posts, due_on = timeline.directory.posts, occurrence.working_on
    if due_on is None or not occurrence.milestones:
        return
    first_on = asked_on(occurrence.milestones[0].ladder, due_on, timeline.calendars.office)
    for key in timeline.asked.owners(asked_on=first_on):
        post = posts.get(key)
        if post and post.level not in _NEVER_ASKED:
            manager = posts.get(post.line_manager or "")
            hears = manager is None or manager.level not in _ABOVE
            yield _Owner(post, hears, _closed(due_on, key, first_on, timeline, at))


def _of(task: Milestone, owner: _Owner) -> Milestone:
    """Give the copy of the task for a post, named `KEY-POST`."""
    key = f"{task.key}-{owner.post.key}"
    return replace(
        task,
        ref=task_ref(task.obligation, task.number, key),
        key=key,
        title=f"{task.title} ({owner.post.title})",
        owner=owner.post.key,
        ladder=task.ladder if owner.with_manager else _without_manager(task.ladder),
        closed_because=task.closed_because or owner.closed,
        asks_owner=True,
    )


def _without_manager(ladder: Ladder) -> Ladder:
    """Leave out a line manager who stands above the ceiling of the duty, such as the director over a head of
    service.
    """
    rungs = (replace(rung, to=tuple(to for to in rung.to if to != LINE_MANAGER)) for rung in ladder.rungs)
    return replace(ladder, rungs=tuple(rung for rung in rungs if rung.to))


def _closed(due_on: date, owner: str, first_on: date, timeline: CouncilTimeline, at: datetime) -> str:
    """Say that its owner has no open action left. Long after its date a task stands as it was answered."""
    on = min(london_date(at), due_on + _ASKED_FOR)
    return "" if timeline.asked.actions_of(owner, asked_on=first_on, on=on) else NOTHING_OPEN
