"""Test that the end of a ladder is never silent: what is not done stands where the board report finds it.

USUAL's last word about a task due on Thu 28 Nov 2019 is said on Thu 5 Dec at 08:30 (tests/timeline/builders.py).
"""

import pytest

from tests.timeline.builders import COUNCIL, answer, council, milestone
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response
from timeline.escalation.ladder import ladder_ended, last_reminder_on, sentence
from timeline.escalation.rag import rate
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

OWED = milestone()


def stands(when: str, *responses: Response, of: Milestone = OWED) -> bool:
    return ladder_ended(task_context(COUNCIL, of, (), responses, at=at(when)))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Thu 28 Nov 2019 09:00", False),
        ("Thu 5 Dec 2019 08:29", False),
        ("Thu 5 Dec 2019 08:30", True),
        ("Fri 6 Dec 2019 08:30", True),
        ("Fri 4 Dec 2020 08:30", True),  # until it is done, however long
    ],
)
def test_it_stands_from_the_last_word_on(when: str, expected: bool) -> None:
    assert stands(when) is expected


@pytest.mark.parametrize("what", [Answer.ACKNOWLEDGED, Answer.HELP, Answer.DECLINED])
def test_an_answer_does_not_take_it_away_and_only_done_does(what: Answer) -> None:
    assert stands("Mon 9 Dec 2019 09:00", answer(what, "Fri 6 Dec 2019 10:00"))
    assert not stands("Mon 9 Dec 2019 09:00", answer(Answer.DONE, "Fri 6 Dec 2019 10:00"))


@pytest.mark.parametrize(
    "of", [milestone(ours=False), milestone(waits_for=("report_received",))], ids=["not ours", "without a date"]
)
def test_what_nobody_was_asked_for_never_stands_there(of: Milestone) -> None:
    assert not stands("Mon 9 Dec 2019 09:00", of=of)


def test_what_was_due_before_going_live_never_stands_there() -> None:
    live = council(live_from="Mon 2 Dec 2019")
    assert not ladder_ended(task_context(live, OWED, (), (), at=at("Mon 9 Dec 2019 09:00")))


def test_the_list_says_so_in_a_sentence() -> None:
    before, after = (
        task_context(COUNCIL, OWED, (), (), at=at(when)) for when in ("Wed 4 Dec 2019 09:00", "Mon 9 Dec 2019 09:00")
    )
    assert sentence(before) == ""
    assert "board report" not in rate(before).why
    assert last_reminder_on(after) == day("Thu 5 Dec 2019")
    said = "The last reminder was for Thursday 5 December 2019; it stands in the board report until it is done."
    assert sentence(after) == said
    assert rate(after).why.endswith(said)
