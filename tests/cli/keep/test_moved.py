"""Test that a council moved from SQLite to PostgreSQL, backed up there and restored into an empty set, goes on as one
that stayed: the next run says exactly what is due.
"""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from config.settings import Settings, using
from models.store import Store, open_engine
from tests.cli.house import Commands
from tests.harness import World, snapshot

pytestmark = pytest.mark.requires("postgresql")
LIVED, NEXT = "Mon 11 Nov 2019 08:30", "Tue 12 Nov 2019 08:30"


def said(world: World) -> Counter[tuple[str, str]]:
    """Give what was caught since the clock was moved: to whom, and what."""
    return Counter((mail.envelope_to[0], f"{mail.subject}\n{mail.text}") for mail in world.mails())


@pytest.mark.slow("every duty of two days, twice, one of them on PostgreSQL")
def test_the_next_run_after_a_copy_a_backup_and_a_restore_says_exactly_what_is_due(
    tmp_path: Path, fresh_postgres_url: str, another_postgres_url: str, daymark: Commands
) -> None:
    with World(tmp_path / "stays") as world:
        world.at("Fri 8 Nov 2019 07:00").apply()
        duties = [duty.key for duty in world.timeline.obligations]
        world.live(LIVED, *duties)
        lived = snapshot(world.store)
        assert daymark("db", "copy", fresh_postgres_url).code == 0
        moved = world.settings.model_copy(update={"database_url": fresh_postgres_url})
        with using(moved):
            assert daymark("backup", tmp_path / "kept").code == 0
        restored = elsewhere(moved, tmp_path / "empty", another_postgres_url)
        with using(restored):
            assert daymark("restore", tmp_path / "kept").code == 0
        world.live(NEXT, *duties)
        due = said(world)
    with World(tmp_path / "goes-on", database_url=another_postgres_url) as again:
        again.store = Store(open_engine(another_postgres_url), "medway")
        assert len(snapshot(again.store)["prompt"]) == len(lived["prompt"])
        again.live(NEXT, *duties)
        assert (said(again), len(due) > 5) == (due, True)
        assert again.store.audit.verify() is None


def elsewhere(moved: Settings, home: Path, url: str) -> Settings:
    home.mkdir()
    assert make_url(url).database != make_url(moved.database_url).database
    return moved.model_copy(update={"home": home, "database_url": url})
