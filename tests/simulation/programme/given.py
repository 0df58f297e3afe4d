"""Give the programme of a seed: Medway's, laid on the day of going live, with its Practice Managers."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from tests.support.lived_programme import MANAGERS, TEAMS
from tests.support.programmes import medways
from timeline.programme.programme import Programme


@cache
def given(start: date) -> Programme:
    """Give it as the file beside the timeline states it on the first day."""
    moved: Programme = _moved(medways(), start - medways().inspection.published_on)
    assert moved.training
    actions = {key: replace(each, areas=each.areas or ("staffing",)) for key, each in moved.actions.items()}
    training = replace(moved.training, teams=TEAMS, managers=MANAGERS)
    return replace(moved, actions=actions, training=training)


def _moved(part: Any, by: timedelta) -> Any:
    """Move every day of a record, and of what it holds."""
    if isinstance(part, date):
        return part + by
    if isinstance(part, tuple):
        return tuple(_moved(each, by) for each in part)
    if isinstance(part, Mapping):
        return {key: _moved(each, by) for key, each in part.items()}
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _moved(getattr(part, each.name), by) for each in fields(part)})
    return part
