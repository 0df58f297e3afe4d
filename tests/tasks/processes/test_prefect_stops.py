"""Test that what is switched off in Prefect is known to pages and commands for as long as somebody looks."""

from datetime import timedelta
from pathlib import Path

from tasks.council.quiet import Quiets
from tasks.processes.prefect_stops import note_prefect_stops, prefect_stops
from tests.harness import World
from tests.timeline.literals import at

NOW = at("Wed 28 Aug 2019 10:00")
PAUSED = "The work pool daymark is paused in Prefect: no flow of Daymark runs."


def test_it_is_news_once_and_holds_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    assert prefect_stops(tmp_path, at=NOW) == ()
    assert note_prefect_stops(tmp_path, [PAUSED], at=NOW) == (PAUSED,)
    assert note_prefect_stops(tmp_path, [PAUSED], at=NOW + timedelta(minutes=5)) == ()
    assert prefect_stops(tmp_path, at=NOW + timedelta(minutes=20)) == (PAUSED,)
    assert prefect_stops(tmp_path, at=NOW + timedelta(minutes=21)) == ()
    assert note_prefect_stops(tmp_path, [], at=NOW) == ()
    assert prefect_stops(tmp_path, at=NOW) == ()


def test_a_file_that_is_cut_off_says_nothing(tmp_path: Path) -> None:
    note_prefect_stops(tmp_path, [PAUSED], at=NOW)
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text()[:20])
    assert prefect_stops(tmp_path, at=NOW) == ()


def test_the_pages_say_it_first(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        note_prefect_stops(world.home, [PAUSED], at=NOW)
        assert Quiets(world.settings).sentences(at=NOW) == (PAUSED,)
