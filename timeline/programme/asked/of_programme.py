"""Say what a programme asks of its posts, in plain values that a task can show."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from timeline.definitions.asked import ActionTold, Asked, AskedFigure, OwnedAction
from timeline.programme.actions import Action, Progress, standing
from timeline.programme.measures import Measure
from timeline.programme.programme import Programme

Stated = tuple[date | None, Programme | None]
"""What the file states from a day on (None: always), with every update; no programme where it was taken back."""


def asked_of(programme: Programme | None) -> Asked:
    """Give what a programme asks for that was always so; nothing where there is none."""
    return asked_over_time([(None, programme)])


def asked_over_time(stated: Sequence[Stated]) -> Asked:
    """Give what the programme asks for now, and whose its actions were over time."""
    now = stated[-1][1] if stated else None
    if now is None:
        return Asked()
    figures = tuple(_figure(measure) for measure in now.measures.values() if measure.asked)
    return Asked(public_on=now.inspection.published_on, figures=figures, actions=tuple(_numbered(stated)))


def _figure(measure: Measure) -> AskedFigure:
    return AskedFigure(
        key=measure.key,
        title=measure.title,
        unit=measure.unit,
        task=measure.asked,
        told=tuple((value.on, measure.sentence(value)) for value in measure.values),
    )


def _numbered(stated: Sequence[Stated]) -> Iterator[OwnedAction]:
    """Give each owner's actions a number, in the order in which they came to that owner; no number is given twice."""
    owned: dict[tuple[str, str], OwnedAction] = {}
    numbers: dict[str, int] = {}
    for (since, programme), (until, _) in zip(stated, [*stated[1:], (None, None)], strict=True):
        for action in programme.actions.values() if programme else ():
            if not action.owner:
                continue
            known = owned.get((action.owner, action.key))
            if known is None:
                numbers[action.owner] = numbers.get(action.owner, 0) + 1
            number = known.number if known else numbers[action.owner]
            spans = (*known.spans, (since, until)) if known else ((since, until),)
            owned[action.owner, action.key] = _owned(action, number, spans)
    yield from owned.values()


def _owned(action: Action, number: int, spans: tuple[tuple[date | None, date | None], ...]) -> OwnedAction:
    days = sorted({each.on for each in action.updates} | {each.on for each in action.rebases})
    fresh = replace(action, updates=(), rebases=())
    first = ActionTold(on=None, is_open=True, due_on=action.due_on, said=_said(fresh, date.max))
    return OwnedAction(
        key=action.key,
        title=action.title,
        owner=action.owner,
        number=number,
        spans=spans,
        told=(first, *(_told(action, on) for on in days)),
    )


def _told(action: Action, on: date) -> ActionTold:
    now = standing(action, on=on)
    is_open = now.last is None or now.last.progress is not Progress.DONE
    return ActionTold(on=on, is_open=is_open, due_on=now.agreed_on, said=_said(action, on))


def _said(action: Action, on: date) -> str:
    return " ".join(standing(action, on=on).said)
