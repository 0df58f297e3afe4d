"""Give Medway's programme, read once, and copies of it with a change."""

from dataclasses import replace
from datetime import date
from functools import cache

from config.load import TIMELINES, programme_beside
from tests.config.medway import medway
from timeline.programme.actions import Progress, Update
from timeline.programme.programme import Programme

AT_CABINET = date(2019, 9, 3)


@cache
def medways() -> Programme:
    """Give the programme of the source document."""
    given = programme_beside(TIMELINES / "medway-2019.yaml", medway(), on=AT_CABINET)
    assert given
    return given


def slipping(given: Programme, key: str, *, on: date) -> Programme:
    """Give the programme with an update more: an action slips."""
    update = Update(on=on, by="head_of_improvement", progress=Progress.SLIPPING, why="The chair is not appointed yet.")
    action = given.actions[key]
    told = replace(action, updates=(*action.updates, update))
    return replace(given, actions={**given.actions, key: told})
