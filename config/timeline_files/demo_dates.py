"""Move a timeline to another week, so that a demo is always in the middle of its case."""

from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from timeline.calendar.london import start_of_week

ShapeT = TypeVar("ShapeT", bound=BaseModel)

# Bank holidays are law and do not move; nor does the day from which the distance is counted.
_STAND = frozenset({"lay", "proclaimed_bank_holidays"})


def laid(shape: ShapeT, lay: date | None, *, on: date) -> ShapeT:
    """Move a timeline, or a programme, by whole weeks, so that the week of `lay` becomes the week of `on`.

    A panel on a Tuesday stays on a Tuesday. Every date in the file moves, except dates written out in a rule.
    """
    return shape if lay is None else _shape_moved(shape, start_of_week(on) - start_of_week(lay))


def _shape_moved(shape: ShapeT, by: timedelta) -> ShapeT:
    names = set(type(shape).model_fields) - _STAND
    return shape.model_copy(update={name: _moved(getattr(shape, name), by) for name in names})


def _moved(value: Any, by: timedelta) -> Any:
    match value:
        case date():
            return value + by
        case tuple():
            return tuple(_moved(part, by) for part in value)
        case dict():
            return {key: _moved(part, by) for key, part in value.items()}
        case BaseModel():
            return _shape_moved(value, by)
    return value
