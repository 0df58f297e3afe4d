"""A timeline moved to another week, for a demo that always stands in the middle of its case."""

from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from config.timeline_files.shapes import TimelineShape
from timeline.calendar.london import start_of_week

ShapeT = TypeVar("ShapeT", bound=BaseModel)

# Bank holidays are law and stand where they are; so does the day that says where to lay the rest.
_STAND = frozenset({"lay", "proclaimed_bank_holidays"})


def laid(timeline: TimelineShape, *, on: date) -> TimelineShape:
    """The timeline moved by whole weeks, so that the week of `lay` becomes the week of `on`.

    Weeks, because a panel on a Tuesday stays on a Tuesday. Every date that stands in the file moves; one that is
    written out in a rule does not.
    """
    if timeline.lay is None:
        return timeline
    return _shape_moved(timeline, start_of_week(on) - start_of_week(timeline.lay))


def _shape_moved(shape: ShapeT, by: timedelta) -> ShapeT:
    names = set(type(shape).model_fields) - _STAND
    return shape.model_copy(update={name: _moved(getattr(shape, name), by) for name in names})


def _moved(value: Any, by: timedelta) -> Any:
    match value:
        case date():
            return value + by
        case tuple():
            return tuple(_moved(one, by) for one in value)
        case dict():
            return {key: _moved(one, by) for key, one in value.items()}
        case BaseModel():
            return _shape_moved(value, by)
    return value
