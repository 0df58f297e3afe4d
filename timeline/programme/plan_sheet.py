"""Lay an action plan as a council keeps it elsewhere over the records: nothing that was promised is overwritten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeline.programme.actions import Action, Progress, Rebase, Update
from timeline.programme.programme import Priority, Programme


@dataclass(frozen=True, kw_only=True)
class PlannedAction:
    """Hold an action as a plan elsewhere states it. None: it says nothing of that, and what is recorded stays.

    `due_on` is the day that holds there now. `completed_on` is the day on which the action was done, `why` the words
    beside its status, `source` the place where it stands.
    """

    key: str
    title: str
    source: str
    priority: str | None = None
    owner: str | None = None
    areas: tuple[str, ...] | None = None
    starts_on: date | None = None
    due_on: date | None = None
    success: str | None = None
    cost: str | None = None
    funding: str | None = None
    progress: Progress | None = None
    percent: int | None = None
    expected_on: date | None = None
    completed_on: date | None = None
    why: str | None = None


def with_plan(
    programme: Programme, planned: Sequence[PlannedAction], *, priorities: Iterable[Priority] = (), on: date, by: str
) -> Programme:
    """Make these the actions of the programme, with the `priorities` that it lacks.

    An action that is known keeps what the plan does not speak of. Another due date is a new date agreed that day by
    the post `by`; the first promise stays. Another status is an update of that day. An action that is not named is
    left out: the statements before keep it.
    """
    named = {priority.key: priority for priority in priorities}
    actions = {each.key: _action(programme.actions.get(each.key), each, on=on, by=by) for each in planned}
    return replace(programme, priorities={**named, **programme.priorities}, actions=actions)


def keeping_plan(given: Programme, stated: Programme | None) -> Programme:
    """Give a programme that names no action the plan that stands: the council keeps that in a workbook."""
    if stated is None or given.actions:
        return given
    named = {action.priority for action in stated.actions.values()}
    priorities = {key: each for key, each in stated.priorities.items() if key in named}
    return replace(given, actions=stated.actions, priorities={**priorities, **given.priorities})


def _action(known: Action | None, planned: PlannedAction, *, on: date, by: str) -> Action:
    action = known or _new(planned)
    stated = {name: value for name in _STATED if (value := getattr(planned, name)) is not None}
    action = replace(action, **stated, title=planned.title)
    return _updated(_due(action, planned, on=on, by=by), planned, on=on, by=by)


_STATED = ("priority", "owner", "areas", "starts_on", "success", "cost", "funding")


def _new(planned: PlannedAction) -> Action:
    return Action(
        key=planned.key,
        title=planned.title,
        priority="",
        owner="",
        areas=(),
        starts_on=None,
        due_on=planned.due_on,
        success="",
        measures=(),
        cost="",
        funding="",
        evidence=(),
        updates=(),
        rebases=(),
        source=planned.source,
    )


def _due(action: Action, planned: PlannedAction, *, on: date, by: str) -> Action:
    """Take another due date as a new date that was agreed; the first that is named is the first promise."""
    agreed_on = action.rebases[-1].due_on if action.rebases else action.due_on
    if planned.due_on in (None, agreed_on):
        return action
    if agreed_on is None:
        return replace(action, due_on=planned.due_on)
    why = planned.why or f"{planned.source} names this day, and gives no reason."
    return replace(action, rebases=(*action.rebases, Rebase(on=on, by=by, due_on=planned.due_on, why=why)))


def _updated(action: Action, planned: PlannedAction, *, on: date, by: str) -> Action:
    """Add an update where the plan says something new; the same words twice add none."""
    last = action.updates[-1] if action.updates else None
    if last is None and planned.progress is None:
        return action
    told_on = planned.completed_on or on
    before = last or Update(on=told_on, by=by, progress=Progress.NOT_STARTED)
    said = {name: value for name in _SAID if (value := getattr(planned, name)) is not None}
    told = replace(before, **said, on=max(told_on, before.on), by=action.owner or by)
    is_known = last is not None and replace(told, on=last.on, by=last.by) == last
    return action if is_known else replace(action, updates=(*action.updates, told))


_SAID = ("progress", "percent", "expected_on", "why")
