"""Test the records compared with the chain: whatever is changed, removed or added outside Daymark is noticed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, text, update
from sqlmodel import col

from models.store import DeliveryReceipt, SaidEnd, Store, open_engine
from models.store.base import seals
from models.store.base.transaction import RECORDS_CHANGED, TAKEN_AS_THEY_STAND
from models.tables import (
    AuditEventRow,
    CouncilRow,
    DeliveryRow,
    HeardAbsenceRow,
    PersonRow,
    ResponseRow,
    SealRow,
)
from tests.models import world
from tests.models.audit.hands import AWAY, HANDS, KEY
from tests.models.audit.test_audit import by_another_hand
from tests.support import templates
from tests.timeline.literals import day
from timeline.answers.inbound import Inbound, InboundState
from timeline.answers.responses import Answer, State
from timeline.definitions.absences import AbsenceEnd


def lived(store: Store) -> None:
    world.apply(store)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
    store.ledger.write([world.decision(world.prompt(), world.prompt(rung="last"))], at=world.MORNING)
    first = store.ledger.pending(at=world.MAIL_AT)[0]
    assert store.outbox.compose(world.message(store, first.id, key=KEY), token_hashes=["0" * 64], at=world.MAIL_AT)
    world.sent(store, KEY)
    assert world.answer(store, world.response(text="Nobody has the data."))
    parts: dict[str, Any] = {
        "kind": "auto_reply",
        "state": InboundState.RECORDED,
        "why": "The days of an absence were taken down.",
    }
    heard = Inbound(id="automatic", via="mail", received_at=world.MAIL_AT, **parts)
    store.inbound.record_absence(heard, AWAY)
    end = AbsenceEnd(person="ann", until_on=AWAY.until_on, last_on=day("Wed 20 Nov 2019"))
    store.inbound.end_absence(SaidEnd(end, via="page", who="ann"), at=world.MAIL_AT)


@pytest.fixture
def lone_store(lone_url: str) -> Iterator[Store]:
    """Give a store in a database of its own, with a record of every kind."""
    engine = open_engine(lone_url)
    store = Store(engine, "exampleshire")
    lived(store)
    yield store
    engine.dispose()


def altered(store: Store) -> list[tuple[str, str]]:
    sealed = store.audit.verify_records()
    assert sealed is not None
    return [(record, how) for record, how, _ in sealed.altered]


@pytest.fixture
def quick_store(tmp_path: Path) -> Iterator[Store]:
    """Give the same on SQLite, made in no time."""
    templates.start_empty(tmp_path / "daymark.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'daymark.db'}")
    store = Store(engine, "exampleshire")
    lived(store)
    yield store
    engine.dispose()


def by(hand: Callable[[Connection], Any], store: Store) -> None:
    with store.engine.begin() as connection:
        statement = hand(connection)
        if statement is not None:
            connection.execute(statement)


@pytest.mark.parametrize(("hand", "given"), HANDS)
def test_what_another_hand_does_to_the_records_is_found(
    quick_store: Store, hand: Callable[[Connection], Any], given: list[tuple[str, str]]
) -> None:
    assert altered(quick_store) == []
    by(hand, quick_store)
    assert quick_store.audit.verify() is None
    assert altered(quick_store) == given


def test_what_several_hands_do_is_found_on_both_databases(lone_store: Store) -> None:
    """Test that one of each kind: what is there is read alike, and digested alike, by both."""
    some = [HANDS[n] for n in (0, 6, 9, 11, 13, 15)]
    assert altered(lone_store) == []
    for hand, _ in some:
        by(hand, lone_store)
    expected = [each for _, founds in some for each in founds]
    assert sorted(altered(lone_store)) == sorted(expected)


def test_a_forged_seal_hides_nothing(lone_store: Store) -> None:
    """Test that whoever can write the table can make its seal too; the chain still has the digest."""
    with lone_store.engine.begin() as connection:
        connection.execute(update(ResponseRow).values(answer=Answer.DONE))
        connection.execute(delete(SealRow).where(col(SealRow.record).startswith("response/")))
        connection.execute(update(CouncilRow).values(sealed=False))
    # What is not sealed is taken in as it stands once, and never again.
    lone_store.outbox.stop(at=world.MAIL_AT, who="lead", reason="A test")
    assert altered(lone_store) == [(f"response/{world.REF}/0", "changed")]


def test_every_write_of_the_store_is_sealed(lone_store: Store) -> None:
    """Test that each step of the store that touches a record seals it: nothing that it does itself looks like another
    hand.
    """
    store = lone_store
    last = store.ledger.pending(at=world.MAIL_AT.replace(hour=15))
    store.ledger.suppress([pending.id for pending in last], reason="A test", at=world.MAIL_AT, paused=True)
    store.outbox.mark_bounced(KEY, at=world.MAIL_AT, why="no such user")
    world.answer(store, world.response(Answer.DONE, evidence="Item 6"), expected=1, state=State.DONE)
    world.apply(store, world.timeline(store.council, facts=()), digest="d2")
    store.changes.undo(at=world.MAIL_AT, who="lead")
    assert altered(store) == []
    assert store.audit.verify() is None


def test_a_claim_writes_no_event(lone_store: Store) -> None:
    """Test that where a message stands on its way is no part of its seal: claiming it costs no more than before."""
    waiting = lone_store.ledger.pending(at=world.MAIL_AT.replace(hour=15))
    message = world.message(lone_store, *(pending.id for pending in waiting), key="mail/ann/2")
    assert lone_store.outbox.compose(message, token_hashes=["1" * 64], at=world.MAIL_AT)
    before = lone_store.audit.chain_end()
    assert lone_store.outbox.claim("mail/ann/2", at=world.MAIL_AT, lease=world.LEASE)
    assert lone_store.audit.chain_end() == before
    assert altered(lone_store) == []


def test_a_delivery_that_came_too_late_to_count_is_sealed(lone_store: Store) -> None:
    """Test that the message was accepted before: there is nothing to tell of it but the attempt itself."""
    receipt = DeliveryReceipt(outcome="accepted", stage="data", code=250)
    lone_store.outbox.finish(KEY, receipt, at=world.MAIL_AT)
    assert lone_store.audit.events()[-1].what == RECORDS_CHANGED
    assert altered(lone_store) == []


def test_records_of_an_older_version_are_taken_as_they_stand(lone_store: Store) -> None:
    """Test that as after an upgrade: the chain knows nothing of its records, until the first change."""
    with by_another_hand(lone_store) as connection:
        connection.execute(delete(AuditEventRow))
        connection.execute(delete(SealRow))
        connection.execute(update(CouncilRow).values(sealed=False, audit_sequence=0, audit_head="0" * 64))
    assert lone_store.audit.verify_records() is None
    lone_store.outbox.stop(at=world.MAIL_AT, who="lead", reason="A test")
    sealed = lone_store.audit.verify_records()
    assert sealed is not None
    assert (sealed.taken_as_they_stood, sealed.altered) == (1, ())
    assert lone_store.audit.events()[0].what == TAKEN_AS_THEY_STAND
    by(lambda _: delete(DeliveryRow), lone_store)
    assert altered(lone_store) == [(f"delivery/{KEY}/1", "removed")]


def test_a_later_column_that_is_empty_breaks_no_seal() -> None:
    before: dict[str, Any] = {"key": "ann", "name": "Ann", "phone": "", "channels": [], "dropped_at": None}
    kept = {name: value for name, value in before.items() if value}
    assert seals.covered(PersonRow, before) == kept


def test_after_erasing_the_chain_proves_nothing_of_what_stood_there(lone_store: Store) -> None:
    """Test that the salt of the seal goes with the words."""
    salts = select(col(SealRow.salt)).where(col(SealRow.record) == "person/ann")
    with lone_store.engine.connect() as connection:
        before = connection.execute(salts).scalar_one()
    (who,) = lone_store.privacy.find_people("ann.o'brien@council.example")
    lone_store.privacy.forget_person(who, on=day("Mon 2 Dec 2019"), at=world.MAIL_AT, by="lead", reason="Asked for")
    with lone_store.engine.connect() as connection:
        assert connection.execute(salts).scalar_one() != before
    assert altered(lone_store) == []
    assert lone_store.audit.verify() is None


def test_absences_that_an_older_version_heard_are_sealed_when_the_database_is_brought_up_to_date(
    lone_store: Store,
) -> None:
    url = lone_store.engine.url.render_as_string(hide_password=False)
    with lone_store.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_token_sha256"))
        connection.execute(text("DROP INDEX ix_milestone_looked_at"))
        connection.execute(text("DROP INDEX ix_message_receipt"))
        connection.execute(text("ALTER TABLE message DROP COLUMN receipt"))
        connection.execute(text("ALTER TABLE heard_absence DROP COLUMN number"))
        connection.execute(text("ALTER TABLE person DROP COLUMN shared"))
        connection.execute(text("ALTER TABLE milestone DROP COLUMN shared"))
        connection.execute(text("ALTER TABLE obligation RENAME COLUMN certainty TO status"))
        for column in ("obligation.rule_kind", "obligation.laid_of", "obligation.laid_until", "council.events_told"):
            table, name = column.split(".")
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
        later_tables = (
            "absence_end",
            "teams_chat",
            "teams_card",
            "teams_waiting_chat",
            "programme",
            "programme_update",
        )
        for later in (*later_tables, "report_release", "link_answer", "shared_definition"):
            connection.execute(text(f"DROP TABLE {later}"))
        heard = {"council": lone_store.council, "heard_at": "2019-11-14 08:30:00.000000"}
        insert_it = "INSERT INTO heard_absence VALUES (:council, 'bob', '2019-11-18', '2019-11-22', :heard_at)"
        connection.execute(text(insert_it), heard)
        connection.execute(text("UPDATE daymark_version SET version_num = '0017'"))
    engine = open_engine(url)
    upgraded = Store(engine, lone_store.council)
    # An older version knew no ends of absences.
    dropped = ("absence_end/1", "removed")
    assert (altered(upgraded), upgraded.audit.verify()) == ([dropped], None)
    by(lambda _: delete(HeardAbsenceRow).where(col(HeardAbsenceRow.person) == "bob"), upgraded)
    assert altered(upgraded) == [dropped, ("heard_absence/2", "removed")]
    engine.dispose()
