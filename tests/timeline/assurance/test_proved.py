"""Test where an assurance begins: after the last day proved whole, as long as what it was proved from still stands."""

from dataclasses import replace

import pytest

from tests.timeline.assurance.facts import COUNCIL, TASK, due, evidence, row
from tests.timeline.builders import answer, fact
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.assurance import Evidence, FindingKind, Reckoning, reckon
from timeline.assurance.evidence import Extent, ProvedDay
from timeline.assurance.proved import Since, still_stands

EXTENT = Extent(sequence=9, head="a" * 64, prompts=4, last_prompt=5, answers=2)
FRIDAY, MONDAY = at("Fri 29 Nov 2019 08:45"), at("Mon 2 Dec 2019 08:45")
PROVED = ProvedDay(at=FRIDAY, extent=EXTENT)
SINCE = Since(extent=EXTENT, revised_at=at("Mon 4 Nov 2019 09:00"), facts=COUNCIL.facts)


def test_it_begins_there_while_all_of_it_still_stands() -> None:
    assert still_stands(PROVED, SINCE, at=MONDAY)


@pytest.mark.parametrize(
    "since",
    [
        replace(SINCE, extent=replace(EXTENT, head="b" * 64)),
        replace(SINCE, extent=replace(EXTENT, prompts=3)),
        replace(SINCE, extent=replace(EXTENT, answers=1)),
        replace(SINCE, revised_at=at("Fri 29 Nov 2019 10:00")),
        replace(SINCE, facts=[replace(fact("made-public", "Sun 1 Dec 2019"), known_at=at("Sun 1 Dec 2019 09:00"))]),
    ],
    ids=["another chain", "a prompt is gone", "an answer is gone", "something was changed", "a fact became known"],
)
def test_it_begins_at_the_beginning_when_the_past_is_another(since: Since) -> None:
    assert not still_stands(PROVED, since, at=MONDAY)


def test_a_day_that_a_later_clock_proved_is_none() -> None:
    assert not still_stands(PROVED, SINCE, at=at("Thu 28 Nov 2019 08:45"))


DONE = answer(Answer.DONE, "Thu 14 Nov 2019 10:00")
(FIRST,) = due("Thu 14 Nov 2019 07:30")
SAID = row(FIRST, "Thu 14 Nov 2019 07:30", sent="Thu 14 Nov 2019 08:30")


def reckoned(given: Evidence) -> Reckoning:
    return reckon(given, since=FRIDAY, at=MONDAY)


def later(*rows: object, **more: object) -> Evidence:
    return evidence(*rows, when="Mon 2 Dec 2019 08:45", **{"extent": EXTENT, **more})  # type: ignore[arg-type]


def test_a_task_that_is_done_and_past_is_settled_by_the_day() -> None:
    reckoning = reckoned(later(SAID, responses={TASK: (DONE,)}))
    assert reckoning.findings == ()
    assert reckoning.proved == ProvedDay(at=MONDAY, extent=EXTENT)
    assert reckoning.proved.settles(TASK, FIRST.key.due_on)


def test_a_task_with_something_under_way_stays_open() -> None:
    waits = row(FIRST, "Mon 2 Dec 2019 08:40")
    proved = reckoned(later(waits, responses={TASK: (DONE,)})).proved
    assert proved
    assert proved.open == (TASK,)


def test_an_unexplained_day_proves_nothing_and_neither_does_one_that_nobody_could_judge() -> None:
    assert reckoned(later()).findings
    assert reckoned(later()).proved is None
    assert reckoned(later(SAID, responses={TASK: (DONE,)}, before=None)).proved is None


def test_a_settled_task_is_not_compared_again_until_something_happens_to_it() -> None:
    begun = later(proved=replace(PROVED, at=at("Fri 29 Nov 2019 08:45")))
    assert reckoned(begun).findings == ()
    again = reckoned(replace(begun, touched=frozenset({TASK}))).findings
    assert {finding.kind for finding in again} == {FindingKind.UNSAID}
    open_ = replace(begun, proved=replace(PROVED, open=(TASK,)))
    assert reckoned(open_).findings == again
