"""Lay an action plan as a council keeps it elsewhere over the records: nothing that was promised is overwritten."""

from collections.abc import Iterable, Iterator, Sequence
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
    stated: Programme,
    planned: Sequence[PlannedAction],
    *,
    known: Programme,
    priorities: Iterable[Priority] = (),
    on: date,
    by: str,
) -> Programme:
    """Make these the actions of the programme as it is stated, with the `priorities` that it lacks.

    `known` is the programme with everything that was added to its records since. An action keeps what the plan does not
    speak of. Another due date than the known date is a new date agreed that day by the post `by`; the first promise
    stays. Another status is an update of that day. An action that is not named is left out: the statements before keep
    it.
    """
    named = {priority.key: priority for priority in priorities}
    actions = {}
    for each in planned:
        action = stated.actions.get(each.key) or _new(each)
        actions[each.key] = _action(action, known.actions.get(each.key) or action, each, on=on, by=by)
    return replace(stated, priorities={**named, **stated.priorities}, actions=actions)


def keeping_plan(given: Programme, stated: Programme | None) -> Programme:
    """Give a programme that names no action the plan that stands: the council keeps that in a workbook."""
    if stated is None or given.actions:
        return given
    named = {action.priority for action in stated.actions.values()}
    priorities = {key: each for key, each in stated.priorities.items() if key in named}
    return replace(given, actions=stated.actions, priorities={**priorities, **given.priorities})


def _action(action: Action, known: Action, planned: PlannedAction, *, on: date, by: str) -> Action:
    said = {name: value for name in _STATED if (value := getattr(planned, name)) is not None}
    action = replace(action, **said, title=planned.title, due_on=action.due_on or planned.due_on)
    return replace(
        action,
        rebases=(*action.rebases, *_rebased(known, planned, on=on, by=by)),
        updates=(*action.updates, *_updated(known, planned, on=on, by=action.owner or by)),
    )


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


def _rebased(known: Action, planned: PlannedAction, *, on: date, by: str) -> Iterator[Rebase]:
    """Take another due date for a new date that was agreed; the first that is named is the first promise."""
    agreed_on = known.rebases[-1].due_on if known.rebases else known.due_on
    if planned.due_on and agreed_on and planned.due_on != agreed_on:
        why = planned.why or f"{planned.source} names this day, and gives no reason."
        yield Rebase(on=on, by=by, due_on=planned.due_on, why=why)


def _updated(known: Action, planned: PlannedAction, *, on: date, by: str) -> Iterator[Update]:
    """Add an update where the plan says something new; the same words twice add none."""
    last = known.updates[-1] if known.updates else None
    if last is None and planned.progress is None:
        return
    told_on = planned.completed_on or on
    before = last or Update(on=told_on, by=by, progress=Progress.NOT_STARTED)
    said = {name: value for name in _SAID if (value := getattr(planned, name)) is not None}
    told = replace(before, **said, on=max(told_on, before.on), by=by)
    if last is None or replace(told, on=last.on, by=last.by) != last:
        yield told


_SAID = ("progress", "percent", "expected_on", "why")
