"""Test that a record is sealed as it stands when its transaction ends, though what was added is not read again."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, update

from models.store import Store
from models.store.base.together import together
from models.store.base.transaction import StoreGroup, Transaction, writes
from models.store.ledger import prompts
from models.tables import PromptRow
from tests.models import world
from timeline.answers.responses import State
from timeline.escalation.prompts import PromptState


class Refused(Exception):
    """Report that a step breaks off."""


def _add(tx: Transaction, rung: str) -> None:
    prompts.add(tx, [(world.prompt(rung=rung), PromptState.WAITING)], at=world.MORNING)


def _add_and_change(tx: Transaction, rung: str) -> None:
    _add(tx, rung)
    mine = update(PromptRow).where(col(PromptRow.council) == tx.council, col(PromptRow.rung) == rung)
    tx.session.exec(mine.values(state=PromptState.SUPPRESSED, reason="It is done."))


def _add_and_break_off(tx: Transaction, rung: str) -> None:
    _add(tx, rung)
    raise Refused


class _Steps(StoreGroup):
    """Add a prompt: and leave it, change it at once, or break off."""

    add, add_and_change = writes(_add), writes(_add_and_change)
    add_and_break_off = writes(_add_and_break_off)


@pytest.fixture
def steps(store: Store) -> _Steps:
    world.apply(store)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
    return _Steps(store.engine, store.council)


@pytest.fixture
def reads(store: Store) -> Iterator[list[str]]:
    """List the tables from which is read."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        words = statement.split()
        if words[0] == "SELECT":
            ran.append(words[words.index("FROM") + 1])

    event.listen(store.engine, "before_cursor_execute", note)
    yield ran
    event.remove(store.engine, "before_cursor_execute", note)


def assert_whole(store: Store) -> None:
    sealed = store.audit.verify_records()
    assert sealed is not None
    assert sealed.altered == ()
    assert store.audit.verify() is None


def test_an_answer_and_its_prompt_are_sealed_as_the_database_gave_them_back(
    store: Store, steps: _Steps, reads: list[str]
) -> None:
    reads.clear()
    answer = world.response(text="Nobody has the data.")
    climb = [world.prompt(rung="help")]
    assert store.inbound.record_response(answer, expected=0, climb=climb, next_rung_at=None, state=State.BLOCKED)
    assert sorted(reads) == ["council", "milestone"]
    assert_whole(store)


def test_what_is_changed_after_it_was_added_is_sealed_as_it_was_changed(store: Store, steps: _Steps) -> None:
    steps.add_and_change("last")
    assert_whole(store)


def test_what_a_step_of_several_took_back_is_not_sealed(store: Store, steps: _Steps) -> None:
    with together(store.engine):
        steps.add("first")
        with pytest.raises(Refused):
            steps.add_and_break_off("last")
    assert_whole(store)
    with together(store.engine):
        with pytest.raises(Refused):
            steps.add_and_break_off("last")
        steps.add("last")
    assert_whole(store)
