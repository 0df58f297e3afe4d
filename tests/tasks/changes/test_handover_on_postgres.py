"""Test the walk of a handover on PostgreSQL: handed over, gone on with, and taken back, with whole chains."""

from pathlib import Path

import pytest

from tasks.changes import handover
from tests.harness import World
from tests.tasks.changes.ended_medway import CASES, DUTIES, handed_over, of, serve
from timeline.answers.responses import Answer

KEYS = ("medway", "east-medway", "west-medway")


@pytest.mark.requires("postgresql")
@pytest.mark.slow("It lives a council's end, with three councils, on a real PostgreSQL.")
def test_handed_over_and_taken_back(tmp_path: Path, fresh_postgres_url: str) -> None:
    with World(tmp_path, database_url=fresh_postgres_url) as world:
        handed_over(world)
        assert world.live("Fri 1 Nov 2019 08:30", *DUTIES).messages == ()
        assert serve(world, "east-medway").live("Fri 1 Nov 2019 08:30", *DUTIES).messages
        world.answer(CASES, Answer.DONE, by="performance_lead", evidence="List 3")
        medway = of(world, "medway")
        assert handover.take_back(medway, world.settings, at=world.now, who="Lead", why="Quashed") == KEYS[1:]
        assert CASES in medway.plan.done_refs(frozenset(DUTIES))
        assert [of(world, key).audit.verify() for key in KEYS] == [None, None, None]
