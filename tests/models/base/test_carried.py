"""Test that every row of a council's memory comes to PostgreSQL and back as it was, or none."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.store import Store, StoreError, open_engine
from models.store.base.carried import carry_rows
from tests.harness import World, snapshot

NEXT = "SELECT nextval(pg_get_serial_sequence('prompt', 'id')) - (SELECT max(id) FROM prompt)"


@pytest.mark.requires("postgresql")
def test_a_lived_council_comes_to_postgresql_and_back_as_it_was(tmp_path: Path, fresh_postgres_url: str) -> None:
    served, back = open_engine(fresh_postgres_url), open_engine(f"sqlite:///{tmp_path / 'back.db'}")
    with World(tmp_path / "a") as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30")
        before = snapshot(world.store)
        assert carry_rows(world.store.engine, served).councils["medway"]["prompt"]
    assert Store(served, "medway").audit.verify() is None
    with served.connect() as connection:
        # A table that counts its rows by itself counts on from there.
        assert connection.execute(text(NEXT)).scalar_one() == 1
    carry_rows(served, back)
    assert snapshot(Store(back, "medway")) == before
    with pytest.raises(StoreError, match="holds medway already: expected an empty one"):
        carry_rows(served, back)
    dispose(served, back)


def test_a_copy_that_lacks_a_row_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = open_engine(f"sqlite:///{tmp_path / 'target.db'}")
    with World(tmp_path / "a") as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        told = iter(["what was copied", "what there was"])
        monkeypatch.setattr("models.store.base.carried.contents", lambda _: next(told))
        with pytest.raises(StoreError, match="was taken back"):
            carry_rows(world.store.engine, target)
    with target.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM council")).scalar_one() == 0
    dispose(target)


def dispose(*engines: Engine) -> None:
    for engine in engines:
        engine.dispose()
