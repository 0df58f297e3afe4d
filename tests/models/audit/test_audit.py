"""Test the audit chain: whole after anything the store does, broken by any other hand."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from itertools import pairwise

import pytest
from sqlalchemy import Connection, Engine, delete, insert, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from models.store import Store, open_engine
from models.store.base.hash_chain import CHAIN_START
from models.tables import AuditEventRow, CouncilRow, FreeTextRow
from tests.models import world
from timeline.answers.responses import Answer

HELP = world.response(Answer.HELP, text="Nobody has the data.", answered_by="Pat")


def test_each_event_holds_the_hash_of_the_one_before(store: Store) -> None:
    events = store.audit.events()
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert events[0].previous == CHAIN_START
    assert all(after.previous == before.hash for before, after in pairwise(events))
    assert store.audit.events(after=len(events) - 1) == events[-1:]
    assert store.audit.verify() is None


def test_the_chain_does_not_fork_under_many_writers(store: Store) -> None:
    def write(number: int) -> None:
        store.ledger.write([world.decision(world.prompt(repeat=number))], at=world.MORNING)
        store.ledger.suppress(
            [pending.id for pending in store.ledger.pending(at=world.MAIL_AT)], reason="A test.", at=world.MAIL_AT
        )

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(48)))
    whats = [event.what for event in store.audit.events()]
    assert (whats.count("prompt written"), whats.count("prompt suppressed")) == (48, 48)
    assert store.audit.verify() is None


def test_a_council_without_events_has_a_whole_chain(empty_store: Store) -> None:
    assert empty_store.audit.events() == ()
    assert empty_store.audit.verify() is None


@pytest.mark.parametrize("statement", [update(AuditEventRow).values(who="nobody"), delete(AuditEventRow)])
def test_the_database_refuses_to_change_or_delete_an_event(statement: object, store: Store, engine: Engine) -> None:
    with engine.begin() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.execute(statement)  # type: ignore[call-overload]
    assert store.audit.verify() is None


def test_no_other_statement_takes_an_event_away_either(store: Store, engine: Engine) -> None:
    """Test that on SQLite INSERT OR REPLACE deletes without a word to the trigger on deleting; PostgreSQL has
    TRUNCATE.
    """
    last = store.audit.events()[-1]
    sqlite = engine.dialect.name == "sqlite"
    forged = insert(AuditEventRow).prefix_with("OR REPLACE") if sqlite else text("TRUNCATE audit_event")
    values = asdict(last) | {"who": "forger", "texts": "{}", "records": ""} if sqlite else {}
    with engine.begin() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.execute(forged, values)
    assert store.audit.events()[-1] == last
    assert store.audit.verify() is None


@pytest.fixture
def lone_store(lone_url: str) -> Iterator[Store]:
    """Give a store in a database of its own, whose triggers may be dropped."""
    engine = open_engine(lone_url)
    store = Store(engine, "exampleshire")
    world.apply(store)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
    world.answer(store, HELP)
    assert store.audit.verify() is None
    yield store
    engine.dispose()


@contextmanager
def by_another_hand(store: Store) -> Iterator[Connection]:
    """Give a connection to which the triggers mean nothing."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_event_update"))
            connection.execute(text("DROP TRIGGER audit_event_delete"))
            connection.execute(text("DROP TRIGGER audit_event_replace"))
        else:
            connection.execute(text("DROP TRIGGER audit_event_never_changes ON audit_event"))
        yield connection


SECOND, LAST = col(AuditEventRow.sequence) == 2, col(AuditEventRow.what) == "help"


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda _: update(AuditEventRow).where(SECOND).values(who="somebody else"), 2),
        (lambda _: update(AuditEventRow).where(SECOND).values(at=world.MORNING), 2),
        (lambda _: update(AuditEventRow).where(SECOND).values(texts='{"who":"0"}'), 2),
        (lambda _: update(AuditEventRow).where(SECOND).values(hash="0" * 64), 2),
        (lambda _: update(AuditEventRow).where(SECOND).values(previous="0" * 64), 2),
        (lambda _: delete(AuditEventRow).where(SECOND), 2),
        (lambda last: delete(AuditEventRow).where(LAST), None),
        (lambda _: update(FreeTextRow).where(col(FreeTextRow.body) == "Pat").values(body="Sam"), None),
        (lambda _: update(FreeTextRow).where(col(FreeTextRow.body) == "Pat").values(salt="0"), None),
        (lambda _: update(CouncilRow).values(audit_head="0" * 64), -1),
    ],
    ids=["who", "when", "texts", "hash", "previous", "gone", "the last gone", "a text", "a salt", "the head"],
)
def test_a_change_by_hand_is_found_where_it_was_made(
    change: Callable[[object], object], broken: int | None, lone_store: Store
) -> None:
    last = len(lone_store.audit.events())
    with by_another_hand(lone_store) as connection:
        connection.execute(change(None))  # type: ignore[call-overload]
    assert lone_store.audit.verify() == {None: last, -1: last + 1}.get(broken, broken)


def test_two_events_swapped_by_hand_are_found(lone_store: Store) -> None:
    second, third = (col(AuditEventRow.sequence) == number for number in (2, 3))
    with by_another_hand(lone_store) as connection:
        for which, number in ((second, 0), (third, 2), (col(AuditEventRow.sequence) == 0, 3)):
            connection.execute(update(AuditEventRow).where(which).values(sequence=number))
    assert lone_store.audit.verify() == 2


def test_an_event_slipped_in_by_hand_is_found(lone_store: Store) -> None:
    last = lone_store.audit.events()[-1]
    with by_another_hand(lone_store) as connection:
        row = connection.execute(select(AuditEventRow).where(LAST)).mappings().one()
        forged = dict(row) | {"sequence": last.sequence + 1, "previous": last.hash, "who": "forger"}
        connection.execute(insert(AuditEventRow).values(forged))
    assert lone_store.audit.verify() == last.sequence + 1


def test_what_was_typed_can_be_erased_and_the_chain_still_holds(store: Store) -> None:
    world.answer(store, HELP)
    digests = set(store.audit.events()[-1].texts.values())
    assert store.privacy.erase_texts(digests, at=world.MORNING, who="lead", why="Asked for by Pat.") == 2
    (response,) = store.inbound.responses(refs={world.REF})[world.REF]
    assert (response.text, response.answered_by) == ("", "")
    with Session(store.engine) as session:
        rows = [session.get_one(FreeTextRow, (store.council, digest)) for digest in digests]
    assert {(row.salt, row.body, row.erased_at) for row in rows} == {(None, None, world.MORNING)}
    assert store.audit.verify() is None
    assert store.audit.events()[-1].what == "texts erased"
    assert store.privacy.erase_texts(digests, at=world.MORNING, who="lead", why="Again.") == 0


def test_the_same_words_typed_twice_are_not_seen_to_be_the_same(store: Store) -> None:
    world.answer(store, HELP)
    world.answer(store, HELP, expected=1)
    first, second = (event.texts["why"] for event in store.audit.events()[-2:])
    assert first != second


def test_who_stopped_the_sending_is_an_event_whose_words_can_be_erased(store: Store) -> None:
    store.outbox.stop(at=world.MORNING, who="Ann O’Brien", reason="Ask Pat")
    event = store.audit.events()[-1]
    assert (event.what, event.who, event.why) == ("sending stopped", "", "")
    assert not [word for word in ("O’Brien", "Pat") if word in repr(event)]


def test_what_is_new_is_checked_from_a_known_event_on(store: Store) -> None:
    end = store.audit.chain_end()
    world.answer(store, HELP)
    assert store.audit.verify_since(*end) is None
    assert store.audit.verify_since(0, CHAIN_START) is None
    assert store.audit.verify_since(end[0], "f" * 64) == end[0]
    with by_another_hand(store) as connection:
        connection.execute(update(AuditEventRow).where(col(AuditEventRow.sequence) > end[0]).values(who="nobody"))
    assert store.audit.verify_since(*end) == end[0] + 1
