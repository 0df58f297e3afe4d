"""Test that an assurance begins after the last day proved, and finds what was done since to the past before it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tasks.assurance.assure import assure
from tasks.assurance.look import Looked, look
from tests.benchmarks.two_years import FROM_ON, live_fortnights
from tests.harness import World
from tests.tasks.assurance.assured import changed, kinds
from timeline.assurance import FindingKind
from timeline.calendar.london import DAY

WEEKS = 6


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give a council that has lived six weeks with answers, proved every second Tuesday and on the day after."""
    with World(tmp_path_factory.mktemp("proved")) as world:
        world.at(f"{FROM_ON:%a %-d %b %Y} 07:00").apply()
        for on in live_fortnights(world, FROM_ON + WEEKS * 7 * DAY):
            assure(world.store, world.settings, at=world.at(f"{on:%a %-d %b %Y} 08:45").now)
        world.at(f"{world.now + DAY:%a %-d %b %Y} 08:45")
        yield world


def looked(world: World, *, whole: bool = False) -> Looked:
    return look(world.store, world.settings, at=world.now, whole=whole)


@pytest.mark.slow("lives six weeks of a council")
def test_it_comes_to_the_same_as_from_the_beginning_and_reads_less(world: World) -> None:
    short, whole = looked(world), looked(world, whole=True)
    assert (short.evidence.proved is None, whole.evidence.proved) == (False, None)
    assert short.reckoning == whole.reckoning
    assert short.unowned == whole.unowned
    assert len(short.evidence.rows) < len(whole.evidence.rows)
    assert len(short.evidence.responses) < len(whole.evidence.responses)


@pytest.mark.slow("lives six weeks of a council, when it runs alone")
def test_a_prompt_of_a_settled_task_that_is_deleted_later_is_found(world: World) -> None:
    proved = looked(world).evidence.proved
    assert proved
    with world.store.engine.connect() as connection:
        every = connection.execute(text("SELECT id, milestone FROM prompt WHERE due_on < '2019-09-20'")).all()
    lost = next(each for each in every if each.milestone not in proved.open)
    changed(world, "DELETE FROM prompt WHERE id = ?", lost.id)
    assert looked(world).evidence.proved is None
    run = assure(world.store, world.settings, at=world.now)
    assert (kinds(run), [finding.ref for finding in run.findings]) == ({FindingKind.ROW_GONE}, [lost.milestone])
    assert run.proved is None
