"""Test that a legal date past the published bank holidays makes the assurance red."""

from pathlib import Path

from tasks.assurance.assure import assure
from tests.harness import World
from tests.support.stated import variant


def test_a_date_of_law_that_nobody_can_count_is_told(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 2 Oct 2028 07:00").apply(variant(tmp_path, facts=[], committees=None, pre_election_periods=None))
        assert not assure(world.store, world.settings, at=world.now).machine
        world.know("report_received", "Fri 22 Sep 2028", of="")
        run = assure(world.store, world.settings, at=world.now)
        assert run.is_red
        assert any("Provisionally Wednesday 3 January 2029" in each for each in run.machine)
