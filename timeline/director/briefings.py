"""Decide when a draft for the lead member is made, and when it is taken back. Only the director's release sends it.

Members are never a rung of a ladder. The lead member may have to know of a duty of class A that is two working days
before its date and not done, that is overdue, or whose call for help has reached the director.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from timeline.answers.responses import State
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.definitions.duties import DutyClass
from timeline.director.monday_summary import helped_by
from timeline.escalation.held import CHIEF_EXECUTIVE_FROM, owed
from timeline.escalation.ladder import speaks
from timeline.escalation.task_context import TaskContext


class BriefingState(StrEnum):
    """Name the state of a draft."""

    WAITING = "waiting"
    RELEASED = "released"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


class Because(StrEnum):
    """Name the reason why a draft is made."""

    CLOSE = "close"
    OVERDUE = "overdue"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """Hold the draft about a task and its due date. `made_at` is when it was made, or made again.

    `decided_by` is the key of whoever released or discarded it, `message` the mail that it became.
    """

    milestone: str
    due_on: date
    because: Because
    made_at: datetime
    state: BriefingState = BriefingState.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    message: str = ""


@dataclass(frozen=True)
class BriefingDecision:
    """Hold the drafts to make, and those to take back with the reason as a sentence."""

    made: tuple[Briefing, ...] = ()
    withdrawn: tuple[tuple[Briefing, str], ...] = ()


def may_press_until(office: WorkingCalendar, on: date) -> date:
    """Give the last day on which a task may be due of which a draft is wanted on that day because it is close."""
    with suppress(BeyondCalendar):
        return office.add(on, CHIEF_EXECUTIVE_FROM + 1)
    return date.max


def decide_briefings(tasks: Iterable[TaskContext], known: Iterable[Briefing], *, at: datetime) -> BriefingDecision:
    """Decide which drafts to make and which to take back; on its own outcome, nothing. `known` are all drafts ever
    made.

    A draft that was taken back is made anew when it is wanted again; a released or discarded draft never is.
    """
    grounds = {task.milestone.ref: task for task in tasks}
    had = {(briefing.milestone, briefing.due_on): briefing for briefing in known}
    made = tuple(_made(grounds.values(), had, at))
    waiting = (briefing for briefing in had.values() if briefing.state is BriefingState.WAITING)
    told = ((briefing, no_longer(grounds.get(briefing.milestone), briefing)) for briefing in waiting)
    return BriefingDecision(made, tuple((briefing, why) for briefing, why in told if why))


def _made(tasks: Iterable[TaskContext], had: Mapping[tuple[str, date], Briefing], at: datetime) -> Iterator[Briefing]:
    for task in tasks:
        because, due_on = wanted(task), task.milestone.due_on
        if because is None or due_on is None:
            continue
        before = had.get((task.milestone.ref, due_on))
        if before is None or before.state is BriefingState.WITHDRAWN:
            yield Briefing(milestone=task.milestone.ref, due_on=due_on, because=because, made_at=at)


def wanted(task: TaskContext) -> Because | None:
    """Tell why the lead member may have to know of this task now; None without a reason, or if the lead member may not
    hear.

    The submission itself speaks of its date, not each task before it.
    """
    milestone = task.milestone
    if milestone.duty_class is not DutyClass.A or not speaks(task) or not _may_hear(task):
        return None
    if _blocked(task):
        return Because.BLOCKED
    if not milestone.completes or milestone.due_on is None:
        return None
    if (milestone.legal_on or milestone.due_on) < task.on:
        return Because.OVERDUE
    close = task.on >= task.office.subtract(milestone.due_on, CHIEF_EXECUTIVE_FROM)
    return Because.CLOSE if close else None


def _may_hear(task: TaskContext) -> bool:
    lead_member = task.council.lead_member
    return lead_member in task.timeline.directory.posts and task.audience.in_circulation(lead_member)


def _blocked(task: TaskContext) -> bool:
    """Tell whether a call for help has reached the director, or is the director's own."""
    response, director = task.status.response, task.council.director
    if task.status.state is not State.BLOCKED or response is None:
        return False
    return helped_by(task, director) or director in task.timeline.directory.posts_of(response.person, on=task.on)


def no_longer(task: TaskContext | None, briefing: Briefing) -> str:
    """Tell why a draft, or a mail made of it that has not left, no longer holds; empty while it does."""
    if task is None:
        return "This is no longer on the timeline."
    milestone = task.milestone
    if milestone.due_on != briefing.due_on:
        return "The date has moved."
    if milestone.closed_because:
        return milestone.closed_because
    if not owed(task):
        return "It is done."
    if task.pause:
        return task.pause.sentence
    if not _may_hear(task):
        return "It is in confidence, and the lead member may not hear of it."
    return "" if wanted(task) else "It no longer needs the lead member's attention."


def settled(briefing: Briefing, state: BriefingState, *, by: str, at: datetime, message: str = "") -> Briefing:
    """Give the draft as somebody released or discarded it."""
    return replace(briefing, state=state, decided_by=by, decided_at=at, message=message)
