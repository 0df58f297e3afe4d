"""Test the simulation itself: it repeats itself exactly, real seeds keep every promise, and planted faults are
found.
"""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from tests.simulation.faults import FAULTS, planted
from tests.simulation.found import stored
from tests.simulation.hardships.neighbour import NEIGHBOUR
from tests.simulation.programme.writing import PROGRAMME
from tests.simulation.script import Script, instant
from tests.simulation.shrink import live
from tests.simulation.tale import last_line, tale
from tests.simulation.writing import write
from tests.support import rotation
from tests.support.pages import table

pytestmark = pytest.mark.slow("lives months of a council out of a seed")

PAGE = "docs/simulation.md"


def months(seed: int, number: int) -> Script:
    """Give the first months of a seed."""
    script = write(seed)
    return replace(script, last_on=script.town.start + timedelta(days=30 * number))


@pytest.mark.parametrize("seed", rotation.part([3, 10], one_in=2))
def test_a_seed_keeps_every_promise(seed: int) -> None:
    outcome = live(months(seed, 5))
    assert outcome.broken is None, tale(outcome)
    assert outcome.letters > 10
    assert outcome.answers > 0


@pytest.mark.parametrize("seed", rotation.part([3, 4, 7, 9], one_in=4))
def test_every_number_of_every_report_is_what_was_lived(seed: int) -> None:
    """Live two months of a programme alone; `make simulate` lives two years of it beside all the rest."""
    script = write(seed, with_programme=True)
    (first, *_) = [event for event in script.events if event.what == "reports"]
    last_on = script.town.start + timedelta(days=60)
    read = replace(first, at=instant(last_on, time(16)))
    lived = [event for event in script.events if event.kind == PROGRAMME and event.at < read.at]
    outcome = live(replace(script.only((*lived, read)), last_on=last_on))
    assert outcome.broken is None, tale(outcome)
    assert len(outcome.story) > 15
    assert outcome.story[-1][1].endswith("numbers of the reports are counted a second time.")


def test_a_seed_tells_the_same_story_again_and_without_the_neighbour_that_cannot_be_read() -> None:
    script = months(133, 1)
    outcome = live(script)
    alone = live(script.only(tuple(event for event in script.events if event.kind != "neighbour")))
    ours = tuple((at, said) for at, said in outcome.story if NEIGHBOUR not in said)
    assert (ours, outcome.broken) == (alone.story, None)
    assert len(ours) < len(outcome.story)
    assert outcome.letters > 1


def test_taking_one_event_away_moves_no_other() -> None:
    whole = write(5)
    shorter = whole.only(whole.events[1:])
    assert shorter.events == write(5).events[1:]
    assert {event.id for event in whole.events if whole.events.count(event) > 1} == set()


@pytest.mark.parametrize("name", rotation.part(sorted(stored()), one_in=20))
def test_a_planted_fault_is_found_again(name: str) -> None:
    given = stored()[name]
    with planted(name):
        outcome = live(given.script)
    assert outcome.broken is not None, f"{name} was not found: python -m tests.simulation.found {name}"
    assert last_line(outcome) == given.last


@pytest.mark.parametrize("name", rotation.part(sorted(stored()), one_in=20))
def test_what_finds_a_fault_finds_nothing_without_it(name: str) -> None:
    outcome = live(stored()[name].script)
    assert outcome.broken is None, tale(outcome)


def test_enough_different_faults_were_planted_and_found() -> None:
    assert set(stored()) <= set(FAULTS)
    assert len(stored()) >= 25


def test_the_page_tells_of_each_fault_where_it_was_found() -> None:
    told = {
        row["fault"]: (row["what it does"], row["seed"], row["how its story ends"]) for row in table(PAGE, "Faults")
    }
    known = {name: (FAULTS[name].sentence, str(each.seed), each.last) for name, each in stored().items()}
    assert told == known
