"""Test that no transaction gets a connection that died in the pool, though none is pinged while it is quiet."""

from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from models.store.base import dead_connections
from models.store.base.dead_connections import _answers
from models.store.base.engine import open_engine

pytestmark = pytest.mark.requires("postgresql")

MINE = text("SELECT pg_backend_pid()")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """List the connections that were asked whether they live."""
    connections: list[Any] = []

    def answers(connection: Any) -> bool:
        connections.append(connection)
        return _answers(connection)

    monkeypatch.setattr(dead_connections, "_answers", answers)
    return connections


def pids(engine: Engine) -> set[int]:
    """Take each connection of the pool in turn, and give the server's number of each."""
    given = set()
    for _ in range(4):
        with engine.begin() as connection:
            given.add(connection.scalar(MINE))
    return given


def test_a_connection_that_the_server_ended_is_replaced_and_a_quiet_one_is_not_asked(
    postgres_url: str, asked: list[Any]
) -> None:
    engine, other = open_engine(postgres_url), create_engine(postgres_url)
    before = pids(engine)
    assert asked == []
    with other.begin() as connection:
        for pid in before:
            connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    assert not pids(engine) & before
    assert len(asked) == len(before)
    other.dispose()
    engine.dispose()


def test_one_that_has_waited_for_long_is_asked(
    postgres_url: str, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(postgres_url)
    before = pids(engine)
    monkeypatch.setattr(dead_connections, "_LONG_SECONDS", -1.0)
    assert pids(engine) == before
    assert len(asked) == 4
    engine.dispose()
