"""Test that the list of all councils, which is kept, tells what has become public within the day."""

from datetime import timedelta
from pathlib import Path

from tasks.houses.standings import Standings
from tests.harness import World
from timeline.definitions.facts import Embargo


def test_a_date_under_embargo_stands_in_the_kept_list_once_it_is_public(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Wed 28 Aug 2019 09:00").apply()
        embargo = Embargo(circulation=frozenset({"director_people"}), until=world.now + timedelta(hours=2))
        world.know("commissioner_report_due", "Fri 13 Sep 2019", of="commissioner-report/2", embargo=embargo)
        kept = Standings(world.settings)
        (secret,) = kept.all(at=world.now)
        (public,) = kept.all(at=world.now + timedelta(hours=2))
        assert [[row.ref for row in each.law] for each in (secret, public)] == [[], ["commissioner-report/2"]]
        assert kept.all(at=world.now + timedelta(hours=3)) == (public,)
