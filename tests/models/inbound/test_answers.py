"""Test responses: recorded once, with what they call for."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.store import Store
from models.tables import ResponseRow
from tests.models import world
from tests.support.rotation import CROWD
from tests.timeline.literals import at
from timeline.answers.responses import Answer, State
from timeline.escalation.prompts import CLIMB

ANSWERED_AT = at("Thu 14 Nov 2019 10:00")
FULL = world.response(
    Answer.HELP, evidence="https://example/1", text="Nobody has the data.", answered_by="Pat, for Ann"
)


def test_an_answer_comes_back_as_it_was_given(store: Store) -> None:
    assert world.answer(store, FULL)
    assert world.answer(store, world.response(), expected=1)
    assert store.inbound.responses({"action-plan"}) == {world.REF: (FULL, world.response())}
    assert store.inbound.responses(refs={world.REF}) == store.inbound.responses({"action-plan"})
    stored = store.plan.milestone(world.REF)
    assert stored is not None
    assert stored.responses == (FULL, world.response())
    assert store.inbound.responses({"plo-panel"}) == store.inbound.responses(refs={"plo-panel/1/papers"}) == {}


def test_of_many_who_give_the_same_answer_at_once_one_is_recorded(store: Store) -> None:
    with ThreadPoolExecutor(CROWD) as pool:
        recorded = list(pool.map(lambda _: world.answer(store), range(CROWD)))
    assert sorted(recorded) == [False] * (CROWD - 1) + [True]
    assert store.inbound.responses(refs={world.REF}) == {world.REF: (world.response(),)}
    assert [event.what for event in store.audit.events()].count("acknowledged") == 1
    assert store.audit.verify() is None


@pytest.mark.parametrize("expected", [0, 2])
def test_an_answer_to_another_state_of_things_is_not_recorded(expected: int, store: Store) -> None:
    world.answer(store)
    events = len(store.audit.events())
    late = world.response(Answer.DONE, evidence="https://example/1")
    climb = [world.prompt("bob", rung=CLIMB)]
    assert not world.answer(store, late, expected=expected, climb=climb, state=State.DONE)
    assert store.inbound.responses(refs={world.REF}) == {world.REF: (world.response(),)}
    assert store.ledger.entries(refs={world.REF}) == {}
    assert len(store.audit.events()) == events


def test_the_database_itself_refuses_two_answers_to_one_state_of_things(store: Store) -> None:
    world.answer(store)
    with Session(store.engine) as session:
        row = session.exec(select(ResponseRow).where(ResponseRow.council == store.council)).one()
        twin = ResponseRow(**row.model_dump() | {"person": "bob"})
        session.expunge_all()
        session.add(twin)
        with pytest.raises(IntegrityError):
            session.flush()


def test_an_answer_to_a_task_that_is_not_there_is_not_recorded(store: Store) -> None:
    assert not world.answer(store, world.response(milestone="action-plan/1/none"))


def test_what_an_answer_calls_for_is_written_with_it(store: Store) -> None:
    climb = replace(world.prompt("bob", rung=CLIMB), send_at=ANSWERED_AT, timed=True)
    assert world.answer(store, FULL, climb=[climb], state=State.BLOCKED)
    assert [pending.prompt for pending in store.ledger.pending(at=ANSWERED_AT)] == [climb]
    assert [event.what for event in store.audit.events()][-2:] == ["help", "prompt written"]


def test_a_done_task_is_not_looked_at_again_and_an_acknowledged_one_when_it_expires(store: Store) -> None:
    expires_at = at("Thu 21 Nov 2019 00:00")
    world.answer(store, next_rung_at=expires_at)
    assert store.plan.due_refs({"action-plan"}, until=expires_at - timedelta(seconds=1), at=expires_at) == frozenset()
    assert store.plan.due_refs({"action-plan"}, until=expires_at, at=expires_at) == {world.REF}
    done = world.response(Answer.DONE, evidence="https://example/1")
    world.answer(store, done, expected=1, next_rung_at=expires_at, state=State.DONE)
    assert store.plan.due_refs({"action-plan"}, until=expires_at, at=expires_at) == frozenset()


def test_the_event_says_who_answered_for_whom_and_nothing_that_was_typed(store: Store) -> None:
    world.answer(store, FULL, state=State.BLOCKED)
    world.answer(store, world.response(), expected=1)
    other, own = store.audit.events()[-2:]
    assert (other.what, other.who, other.for_whom, other.via) == ("help", "", "ann", "page")
    assert (other.before, other.after) == ("open", "blocked")
    assert sorted(other.texts) == ["evidence", "who", "why"]
    assert (own.who, own.for_whom, own.texts) == ("ann", "", {})
    assert not [word for word in ("Pat", "Nobody", "example/1") if word in repr(store.audit.events())]
