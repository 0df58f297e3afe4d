"""Test that whoever gave an answer can take it back, once and while it counts, and that things stand as before then."""

import pytest

from tests.timeline.answers.test_responses import ACKNOWLEDGED, DECLINED, DONE, HELP, accepted, stands
from tests.timeline.builders import answer
from timeline.answers.responses import Answer, AnswerRefused, Response, State, may_take_back


def undone(when: str, person: str = ACKNOWLEDGED.person) -> Response:
    return answer(Answer.TAKEN_BACK, when, person=person)


@pytest.mark.parametrize("response", [ACKNOWLEDGED, DONE, HELP, DECLINED])
def test_an_answer_that_is_taken_back_leaves_the_task_as_it_was(response: Response) -> None:
    back = undone("Mon 18 Nov 2019 16:00")
    now = stands(response, back, when="Tue 19 Nov 2019 09:00")
    assert (now.state, now.response, now.took_back) == (State.OPEN, None, back)
    assert stands(response, back, when="Mon 18 Nov 2019 15:59") == stands(response, when="Mon 18 Nov 2019 15:59")


def test_what_was_said_before_counts_again_and_no_more_than_one_answer_is_taken_back() -> None:
    later = answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 09:00")
    now = stands(HELP, later, undone("Fri 15 Nov 2019 09:05"), when="Fri 15 Nov 2019 10:00")
    assert (now.state, now.response) == (State.BLOCKED, HELP)
    assert not may_take_back(HELP.person, now)
    assert accepted(undone("Fri 15 Nov 2019 09:06"), HELP, later, undone("Fri 15 Nov 2019 09:05")) is None


def test_a_later_answer_counts_after_one_was_taken_back() -> None:
    again = answer(Answer.DONE, "Mon 18 Nov 2019 17:00")
    assert stands(DONE, undone("Mon 18 Nov 2019 16:00"), again, when="Tue 19 Nov 2019 09:00").response == again


@pytest.mark.parametrize(
    "before",
    [
        (),
        (answer(Answer.DELEGATED, "Thu 14 Nov 2019 10:05", delegated_to="team-manager"),),
        (answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05", person="team-manager"),),
        (answer(Answer.ACKNOWLEDGED, "Mon 4 Nov 2019 10:05"),),
        (
            answer(Answer.DONE, "Mon 18 Nov 2019 15:10", to_confirm=True),
            answer(Answer.CONFIRMED, "Mon 18 Nov 2019 16:10", person="team-manager"),
        ),
    ],
)
def test_only_ones_own_answer_that_counts_and_was_not_confirmed_is_taken_back(before: tuple[Response, ...]) -> None:
    with pytest.raises(AnswerRefused, match="no answer of yours here"):
        accepted(undone("Tue 19 Nov 2019 09:00"), *before)
    assert not may_take_back(ACKNOWLEDGED.person, stands(*before, when="Tue 19 Nov 2019 09:00"))
