"""Test that the audit chain is read again by each assurance, and whole once a week."""

from dataclasses import replace

import pytest

from tests.timeline.literals import at
from timeline.assurance.chain import ChainLook, is_whole_due, sentences
from timeline.assurance.run import AssuranceRun

MONDAY = at("Mon 2 Sep 2019 08:45")
LOOK = ChainLook(sequence=5, head="a" * 64, whole_at=MONDAY)


@pytest.mark.parametrize(
    ("now", "due"),
    [("Tue 3 Sep 2019 08:45", False), ("Sun 8 Sep 2019 23:59", False), ("Mon 9 Sep 2019 08:40", True)],
)
def test_all_of_it_is_read_once_a_week(now: str, due: bool) -> None:
    assert is_whole_due(LOOK, at=at(now)) == due


def test_the_first_look_and_each_after_something_altered_read_all_of_it() -> None:
    assert is_whole_due(None, at=MONDAY)
    assert is_whole_due(replace(LOOK, altered=("It is broken.",)), at=MONDAY)


def test_what_is_altered_makes_an_assurance_red_and_names_nobody() -> None:
    assert sentences(None, ()) == ()
    broken, records = sentences(7, ["person/ann.smith", "response/plo-panel/1/cases/0", "person/bob"])
    assert broken.startswith("The audit chain is broken: event 7 is missing, or was changed. daymark audit verify")
    assert records.startswith("Records are not as the audit chain has them (person: 2, response: 1). daymark audit")
    run = AssuranceRun(at=MONDAY, since=MONDAY, chain=replace(LOOK, altered=(broken,)))
    assert (run.is_red, AssuranceRun(at=MONDAY, since=MONDAY, chain=LOOK).is_red) == (True, False)
