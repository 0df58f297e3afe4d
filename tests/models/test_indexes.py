"""Test that a tick costs what is due, not what exists: what is asked often is found by an index."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from models.store import Store, find_token
from tests.benchmarks import bench_million
from tests.models import world
from timeline.delivery.messages import TokenKind

ASKED: dict[str, tuple[Callable[[Store], object], str]] = {
    "what is due": (
        lambda store: store.plan.due_refs({"action-plan"}, until=world.MORNING, at=world.MORNING),
        "ix_milestone_next_rung_at",
    ),
    "what a later clock put off": (
        lambda store: store.plan.due_refs({"action-plan"}, until=world.MORNING, at=world.MORNING),
        "ix_milestone_looked_at",
    ),
    "what waits": (lambda store: store.ledger.pending(at=world.MAIL_AT), "ix_prompt_waiting"),
    "whether anything waits": (lambda store: store.outbox.anything_waiting(at=world.MAIL_AT), "ix_prompt_waiting"),
    "what is to be sent": (
        lambda store: store.outbox.to_send(at=world.MAIL_AT, lease=timedelta(minutes=1)),
        "ix_message_next_attempt_at",
    ),
    "what a killed process had kept": (lambda store: store.outbox.receipts_kept(), "ix_message_receipt"),
    "who had a mail today": (lambda store: store.ledger.mailed_on(world.DUE), "ix_message_composed_at"),
    "what was said then": (
        lambda store: store.ledger.accepted(since=world.MORNING, until=world.MAIL_AT),
        "ix_prompt_accepted_at",
    ),
    "whose a link is": (
        lambda store: find_token(store.engine, "0" * 64, (TokenKind.PAGE,), hours=world.HOURS),
        "ix_token_sha256",
    ),
    "one trail": (lambda store: store.audit.trail(world.REF), "ix_audit_event_ref"),
}


def statements_of(store: Store, ask: Callable[[Store], object]) -> list[tuple[str, Any]]:
    """List the statements that this runs, with their parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    ask(store)
    event.remove(store.engine, "before_cursor_execute", note)
    return asked


def plans_of(store: Store, ask: Callable[[Store], object]) -> str:
    """Tell how the database says it will find what this asks for."""
    selects = [each for each in statements_of(store, ask) if each[0].startswith("SELECT")]
    explain = "EXPLAIN QUERY PLAN " if store.engine.dialect.name == "sqlite" else "EXPLAIN "
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            # A handful of rows is read through; the question is which index serves when there are many.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        given = [connection.exec_driver_sql(explain + sql, parameters).all() for sql, parameters in selects]
    return repr(given)


def cases(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("ask", "index"), [ASKED[name] for name in names], ids=names)


@cases(*ASKED)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_sqlite_finds_by_an_index_what_is_asked_often(ask: Callable[[Store], object], index: str, store: Store) -> None:
    assert index in plans_of(store, ask)


# Of several indexes that would serve, PostgreSQL takes any as long as there are a handful of rows.
@cases("what waits", "whether anything waits")
@pytest.mark.requires("postgresql")
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_finds_by_an_index_what_every_tick_asks(
    ask: Callable[[Store], object], index: str, store: Store
) -> None:
    assert index in plans_of(store, ask)


@pytest.mark.requires("postgresql")
def test_what_is_due_among_thousands_is_found_by_indexes_alone(store: Store) -> None:
    """Test it with so many tasks that PostgreSQL weighs its indexes: a tick costs what is due, not what exists."""
    bench_million.fill(store, 0, 2_000)
    given = plans_of(store, ASKED["what is due"][0])
    assert "ix_milestone_next_rung_at" in given
    assert "ix_milestone_looked_at" in given
    assert "Seq Scan" not in given
    assert "SCAN" not in given
