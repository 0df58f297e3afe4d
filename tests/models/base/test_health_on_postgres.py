"""Test that `/health` makes its write on PostgreSQL too, where a server may answer and yet take nothing."""

import pytest
from sqlalchemy import Engine, create_engine, text

from models.store.base import health
from models.store.base.health import trouble

pytestmark = [
    pytest.mark.requires("postgresql"),
    pytest.mark.parametrize("engine", ["postgresql"], indirect=True),
]


def written(engine: Engine) -> tuple[object, ...]:
    """Give the version's row with where it lies and which transaction wrote it."""
    with engine.connect() as connection:
        row = connection.execute(text("SELECT version_num, ctid, xmin FROM daymark_version")).one()
    return tuple(row)


def test_it_writes_a_row_back_as_it_was(engine: Engine) -> None:
    before = written(engine)
    assert trouble(engine) == ""
    after = written(engine)
    assert after[0] == before[0]
    assert after[1:] != before[1:]


def test_a_server_that_only_reads_is_told(engine: Engine) -> None:
    reading = create_engine(engine.url, connect_args={"options": "-c default_transaction_read_only=on"})
    assert trouble(reading) == "database read-only"
    reading.dispose()


def test_a_table_that_is_locked_is_told_within_its_time(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_WAITS_SECONDS", 0.05)
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE council IN ACCESS EXCLUSIVE MODE"))
        assert trouble(engine) == "database locked"


def test_a_house_whose_connections_are_all_in_use_is_told_and_not_broken(engine: Engine) -> None:
    narrow = create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with narrow.connect():
        assert trouble(narrow) == "connections taken"
    assert trouble(narrow) == ""
    narrow.dispose()
