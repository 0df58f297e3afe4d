"""Test that two who record the same date at once record it once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tasks.changes.record import record
from tests.harness import World
from tests.timeline.literals import day
from timeline.definitions.facts import Fact


def test_the_same_date_recorded_by_several_at_once_is_one_fact(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        fact = Fact(
            name="moved",
            on=day("Thu 3 Oct 2019"),
            known_at=world.now,
            who="Head of Business Change",
            source="The chair's mail",
            occurrence="plo-panel/1",
        )

        def by(n: int) -> bool:
            at = world.now + timedelta(milliseconds=n)
            return record(world.store, replace(fact, known_at=at), world.settings, at=at, who=f"clerk {n}")

        with ThreadPoolExecutor(4) as clerks:
            recorded = list(clerks.map(by, range(4)))
        assert recorded.count(True) == 1
        assert [each.on for each in world.timeline.facts if each.name == "moved"] == [fact.on]
