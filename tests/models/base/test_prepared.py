"""Test that a prepared statement reads, writes and fails as SQLAlchemy would have it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from models.store import Store
from models.store.base import prepared
from models.store.base.prepared import Prepared, PreparedOf, table_of
from models.tables import FreeTextRow
from tests.models import world

_TEXTS = table_of(FreeTextRow)
ADDING = Prepared(insert(_TEXTS).returning(_TEXTS.c.digest, _TEXTS.c.body, _TEXTS.c.erased_at))
THOSE = PreparedOf(select(_TEXTS).where(_TEXTS.c.council == prepared.OF_COUNCIL), _TEXTS.c.digest)


@pytest.fixture
def council(store: Store) -> Store:
    world.apply(store)
    return store


def text(store: Store, digest: str, body: str) -> dict[str, object]:
    return {"council": store.council, "digest": digest, "salt": "", "body": body}


def digests(store: Store, *these: str) -> set[str]:
    with store.engine.connect() as connection:
        return {row.digest for row in THOSE.rows(connection, store.council, these)}


def test_what_is_written_comes_back_typed_and_without_what_a_database_refuses(council: Store) -> None:
    at = datetime(2019, 11, 14, 8, 30, tzinfo=UTC)
    with council.engine.begin() as connection:
        row = ADDING.row(connection, text(council, "odd", "a\0b\ud800c") | {"erased_at": at})
    assert row is not None
    assert (row.digest, row.body, row.erased_at) == ("odd", "ab?c", at)


@pytest.mark.parametrize("count", [0, 1, 3, prepared.FEW + 5])
def test_any_number_of_rows_is_read_by_a_list(council: Store, count: int) -> None:
    names = [f"text-{number}" for number in range(count)]
    with council.engine.begin() as connection:
        for name in names:
            prepared.KEEP_TEXTS.run(connection, text(council, name, name))
    assert digests(council, *names) == set(names)


def test_what_the_database_refuses_is_told_by_sqlalchemy_and_without_what_was_typed(council: Store) -> None:
    twice = text(council, "twice", "of a person")
    with pytest.raises(IntegrityError) as told, council.engine.begin() as connection:
        prepared.KEEP_TEXTS.run(connection, twice, twice)
    assert "of a person" not in str(told.value)
    assert digests(council, "twice") == set()
