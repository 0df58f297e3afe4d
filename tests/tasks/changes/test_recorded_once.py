"""Test that two who record the same date at once record it once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tasks.changes.record import is_known, record
from tests.config.medway import medway
from tests.harness import World
from tests.timeline.builders import fact
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


def test_what_holds_for_the_whole_council_is_known_of_an_occurrence_that_has_none_of_its_own() -> None:
    shared = fact("sign_off_meeting", "Tue 8 Oct 2019")
    own, another = (fact("sign_off_meeting", on, of="action-plan/1") for on in ("Tue 8 Oct 2019", "Tue 5 Nov 2019"))
    stated = [is_known(own, replace(medway(), facts=facts)) for facts in ((shared,), (shared, another), ())]
    assert stated == [True, False, False]
