"""Hold faults of stops and pauses, and of changes that are taken back."""

from dataclasses import replace
from typing import Any

import pytest

from models.store.base.prepared import Prepared
from models.store.base.transaction import writes
from models.store.changes import apply as applying
from models.store.changes import snapshots
from models.store.changes.group import Changes
from models.store.outbox import claims, due
from models.store.people import directory
from tests.simulation.faults.planting import fault
from timeline.definitions import council
from timeline.delivery import decide as delivery_decision


@fault("stop-asked-once", "A stop is asked for when a run begins, and not before each mail of it.", shown_by="amid")
def _asked_once(patch: pytest.MonkeyPatch) -> None:
    careless = claims._claiming(due.to_be_sent()).returning(claims._MESSAGE.c.key)
    patch.setattr(claims, "CLAIM", Prepared(careless))


@fault("stop-forgotten", "Nobody asks whether all sending is stopped.", shown_by="silence")
def _forgotten(patch: pytest.MonkeyPatch) -> None:
    _asked_once(patch)
    patch.setattr("models.store.outbox.group.Outbox.stopped", lambda _outbox: None)


@fault("pause-ignored", "A duty that is paused is asked about all the same.", shown_by="pause")
def _ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(council.CouncilTimeline, "paused", lambda _timeline, _duty, *, on: None)


@fault("pause-swallows", "What was taken back for a pause is never said after it.", shown_by="pause")
def _swallows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(delivery_decision, "may_be_said_later", lambda _task, _reason: False)


@fault("resume-forgotten", "A pause that is taken back holds until the day it was made for.", shown_by="pause")
def _no_resume(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("models.store.definitions.group.Definitions.resume", lambda _definitions, **_given: True)


@fault("undo-keeps-ladders", "An undo leaves open tasks the ladders of what it takes back.", shown_by="ladders")
def _keeps_ladders(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(snapshots, "ladders", lambda _text: {})


@fault("undo-keeps-dates", "An undo takes a fact back, and the dates that followed from it stay.", shown_by="undo")
def _keeps_dates(patch: pytest.MonkeyPatch) -> None:
    undo = applying.undo

    def half(tx: Any, /, *, laying: Any = None, **given: Any) -> Any:
        return undo(tx, **given)

    patch.setattr(Changes, "undo", writes(half))


@fault("undo-keeps-people", "An undo of an apply leaves its people in their posts.", shown_by="undo")
def _keeps_people(patch: pytest.MonkeyPatch) -> None:
    restore = snapshots.restore

    def kept(tx: Any, text: str) -> Any:
        before = restore(tx, text)
        return before._replace(timeline=replace(before.timeline, directory=directory.stored(tx)))

    patch.setattr(snapshots, "restore", kept)
