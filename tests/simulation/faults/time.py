"""Hold faults of a clock that is wrong, and of runs for a day to come."""

from typing import Any

import pytest
from sqlalchemy import false

from models.store.base import transaction
from models.store.base.prepared import Prepared
from models.store.base.transaction import reads
from models.store.ledger import prompts
from models.store.outbox import due, messages
from models.store.plan import lookup
from models.store.plan.group import Plan
from tasks.assurance import clock_watch
from tests.simulation.faults.planting import fault
from timeline.escalation import later_clock


@fault("written-for-the-future", "The store writes for an instant after the clock.", shown_by="future")
def _future(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transaction, "_refuse_later_than_clock", lambda *_: None)


@fault("later-clock-believed", "What a clock that was ahead decided counts for good.", shown_by="clock")
def _believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(later_clock, "is_from_later_clock", lambda _written, *, at: False)
    patch.setattr(prompts, "_by_later", lambda _at: false())


@fault("next-look-of-a-later-clock", "A task is looked at again when a clock that was ahead said so.", shown_by="clock")
def _next_look(patch: pytest.MonkeyPatch) -> None:
    due = lookup.due_refs

    def kept(tx: Any, obligations: Any, *, until: Any, at: Any) -> Any:
        return due(tx, obligations, until=until, at=at.replace(year=at.year + 2))

    patch.setattr(Plan, "due_refs", reads(kept))


@fault("put-off-by-a-later-clock", "A mail waits for the hour that a clock which was ahead gave it.", shown_by="clock")
def _put_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(due, "_by_later", false)
    patch.setattr(messages, "QUEUED", Prepared(messages._queued()))


@fault("jump-untold", "A clock that jumps, ahead or back, is told to nobody.", shown_by="clock")
def _untold(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clock_watch, "jumped_since_the_last_look", lambda *_, **__: "")
    patch.setattr(clock_watch, "why_set_back", lambda *_, **__: "")
