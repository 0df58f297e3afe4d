"""Test that many rows, which PostgreSQL takes by a single statement, are stored as they would be row by row."""

import json
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from models.store import Store
from models.store.base import at_once
from models.tables import PromptRow
from models.tables.base import NaiveInstant
from tests.models import world
from tests.models.base.test_odd_text import ODD
from tests.models.test_indexes import statements_of
from timeline.escalation.prompts import Prompt

RUNGS = ("first", "second", "third", "fourth", "fifth")
SAID = f"says {ODD}\n\\u0000"
PROMPTS = tuple(world.prompt(rung=rung, why=f"“{rung}” {SAID}", channels=("mail", "teams")) for rung in RUNGS)
AS_STORED = "says Onetwo?\n\\u0000"


def waiting(store: Store) -> list[Prompt]:
    return [each.prompt for each in store.ledger.pending(at=world.MAIL_AT)]


def write(store: Store, *prompts: Prompt) -> int:
    return store.ledger.write([world.decision(*prompts, next_rung_at=world.MAIL_AT)], at=world.MORNING)


@pytest.mark.parametrize("some", [2, 1000])
def test_what_is_odd_is_dropped_and_all_else_is_as_it_was_given(
    store: Store, some: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once, "_SOME", some)
    assert write(store, *PROMPTS) == len(RUNGS)
    assert [each.why for each in waiting(store)] == [f"“{rung}” {AS_STORED}" for rung in RUNGS]
    assert {(each.send_at, each.key.due_on, each.channels, each.timed) for each in waiting(store)} == {
        (world.MAIL_AT, world.DUE, ("mail", "teams"), False)
    }
    sealed = store.audit.verify_records()
    assert sealed is not None
    assert (store.audit.verify(), sealed.altered) == (None, ())


def test_those_that_are_there_stay_and_the_others_are_told(store: Store) -> None:
    write(store, *PROMPTS[:2])
    assert write(store, *PROMPTS) == 3
    assert write(store, *PROMPTS) == 0
    assert len(waiting(store)) == len(RUNGS)
    assert store.audit.verify() is None


@pytest.mark.requires("postgresql")
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_takes_a_hundred_rows_by_a_parameter(store: Store) -> None:
    prompts = [world.prompt(rung=f"many-{n}") for n in range(100)]
    asked = statements_of(store, lambda store: write(store, *prompts))
    inserts = [given for statement, given in asked if statement.startswith("INSERT")]
    assert len(inserts) == 3
    for given in inserts:
        assert len(json.loads(given["rows"])) == 100


def test_an_instant_without_a_zone_is_refused_and_nothing_is_written(store: Store) -> None:
    row: dict[str, Any] = {"council": store.council, "at": datetime(2019, 11, 14, 8)}  # noqa: DTZ001 (what is refused)
    with pytest.raises(NaiveInstant, match="must say which"):
        at_once._array([row, row])
    with store.engine.connect() as connection:
        mine = select(func.count()).select_from(PromptRow).where(PromptRow.council == store.council)  # type: ignore[arg-type]
        assert connection.execute(mine).scalar_one() == 0
