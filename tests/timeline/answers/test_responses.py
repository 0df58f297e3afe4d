"""Test what answers do: acknowledged stops the asking and expires, done is done, and what cannot stand is refused."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.timeline.builders import USUAL, answer, milestone
from tests.timeline.literals import at
from timeline.answers.acceptance import accept
from timeline.answers.responses import (
    LEAVES,
    Answer,
    AnswerRefused,
    Response,
    State,
    TaskStatus,
    answers_now,
    expires_at,
    task_status,
)
from timeline.calendar.bank_holidays import calendars

OFFICE = calendars().office
OWED = milestone()  # due Thu 28 Nov 2019; an acknowledgement lasts five working days
ACKNOWLEDGED = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05")
DONE = answer(Answer.DONE, "Mon 18 Nov 2019 15:10")
HELP = answer(Answer.HELP, "Thu 14 Nov 2019 10:05", text="We are two people short.")
DECLINED = answer(Answer.DECLINED, "Thu 14 Nov 2019 10:05")


def stands(*responses: Response, when: str = "Fri 15 Nov 2019 07:30") -> TaskStatus:
    return task_status(OWED, responses, office=OFFICE, at=at(when))


def test_every_answer_leaves_a_state_of_its_own() -> None:
    assert set(LEAVES) == set(Answer)
    own = {answer: state for answer, state in LEAVES.items() if state is not State.OPEN}
    # What is done and waits for a second person is no answer's own: it is settled when it is said.
    assert set(own.values()) == set(State) - {State.OPEN, State.UNCONFIRMED}
    assert set(LEAVES) - set(own) == {Answer.DELEGATED, Answer.RETURNED, Answer.TAKEN_BACK}, "it is still to be done"


@pytest.mark.parametrize(
    ("response", "state"),
    [
        (ACKNOWLEDGED, State.ACKNOWLEDGED),
        (HELP, State.BLOCKED),
        (DECLINED, State.DECLINED),
        (replace(DONE, at=at("Thu 14 Nov 2019 10:05")), State.DONE),
    ],
)
def test_an_answer_leads_to_its_state(response: Response, state: State) -> None:
    status = stands(response)
    assert (status.state, status.response) == (state, response)


def test_without_an_answer_it_is_open() -> None:
    assert stands() == TaskStatus(State.OPEN)


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ("Thu 14 Nov 2019 10:04", State.OPEN),
        ("Thu 14 Nov 2019 10:05", State.ACKNOWLEDGED),
        # Five working days after Thursday 14 November is Thursday 21: it is over when that day begins.
        ("Wed 20 Nov 2019 23:59", State.ACKNOWLEDGED),
        ("Thu 21 Nov 2019 00:00", State.OPEN),
        ("Thu 21 Nov 2019 07:30", State.OPEN),
    ],
)
def test_an_acknowledgement_holds_for_its_working_days_and_is_over_when_the_last_begins(
    when: str, state: State
) -> None:
    assert stands(ACKNOWLEDGED, when=when).state is state


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("Thu 24 Oct 2019 23:30", "Thu 31 Oct 2019 00:00"),  # over the change to GMT
        ("Fri 27 Mar 2020 23:30", "Fri 3 Apr 2020 00:00"),  # over the change to BST
        ("Sun 31 Mar 2019 00:30", "Fri 5 Apr 2019 00:00"),  # on the change Sunday itself
        ("Fri 20 Dec 2019 10:00", "Tue 31 Dec 2019 00:00"),  # over Christmas: 23, 24, 27, 30, 31
        ("Thu 27 Feb 2020 10:00", "Thu 5 Mar 2020 00:00"),  # over the leap day, a Saturday
        ("Sat 16 Nov 2019 10:00", "Fri 22 Nov 2019 00:00"),  # said on a Saturday: Monday is day 1
    ],
)
def test_working_days_of_an_acknowledgement(said: str, until: str) -> None:
    assert expires_at(answer(Answer.ACKNOWLEDGED, said), 5, OFFICE) == at(until)


def test_what_has_run_out_is_open_again_and_remembers_what_was_said() -> None:
    assert stands(ACKNOWLEDGED, when="Thu 21 Nov 2019 07:30") == TaskStatus(State.OPEN, ACKNOWLEDGED, None)


def test_a_call_for_help_runs_out_too_but_what_was_declined_stays_so() -> None:
    assert stands(HELP, when="Thu 21 Nov 2019 07:30").state is State.OPEN
    assert stands(DECLINED, when="Thu 19 Dec 2019 07:30").state is State.DECLINED


def test_the_latest_answer_holds_whatever_the_order_in_which_they_are_stored() -> None:
    later = answer(Answer.HELP, "Thu 14 Nov 2019 11:00")
    assert stands(later, ACKNOWLEDGED).state is State.BLOCKED
    assert stands(replace(ACKNOWLEDGED, at=at("Thu 14 Nov 2019 12:00")), later).state is State.ACKNOWLEDGED


def test_an_answer_about_another_date_falls_with_that_date_but_done_is_done() -> None:
    about_the_old_date = [
        replace(response, due_on=OFFICE.add(response.due_on, 5)) for response in (ACKNOWLEDGED, HELP, DECLINED)
    ]
    assert stands(*about_the_old_date) == TaskStatus(State.OPEN)
    done = replace(DONE, due_on=OFFICE.add(DONE.due_on, 5))
    assert stands(done, when="Mon 18 Nov 2019 15:10").state is State.DONE


def test_done_stays_done_whatever_is_said_later() -> None:
    later = answer(Answer.HELP, "Tue 19 Nov 2019 11:00")
    assert stands(DONE, later, when="Wed 20 Nov 2019 07:30") == TaskStatus(State.DONE, DONE)


# What is recorded


def accepted(response: Response, *before: Response, when: str = "Tue 19 Nov 2019 09:00") -> Response | None:
    return accept(OWED, response, stands(*before, when=when))


@pytest.mark.parametrize("response", [ACKNOWLEDGED, HELP, DECLINED, DONE])
def test_a_first_answer_is_recorded_and_pressed_again_it_is_not(response: Response) -> None:
    assert accepted(response) == response
    assert accepted(response, response) is None


def test_another_person_or_other_words_are_another_answer() -> None:
    assert accepted(replace(ACKNOWLEDGED, person="team-manager"), ACKNOWLEDGED) is not None
    assert accepted(replace(HELP, text="Now three short."), HELP) is not None


def test_the_same_answer_counts_again_once_the_first_has_run_out() -> None:
    assert accepted(ACKNOWLEDGED, ACKNOWLEDGED, when="Thu 21 Nov 2019 09:00") == ACKNOWLEDGED


@pytest.mark.parametrize("response", [ACKNOWLEDGED, HELP, DECLINED])
def test_nothing_but_done_can_be_said_of_what_is_done(response: Response) -> None:
    with pytest.raises(AnswerRefused, match="already recorded as done, so nothing was changed"):
        accepted(response, DONE)


def test_done_with_other_evidence_is_refused_and_with_none_is_the_same_press() -> None:
    assert accepted(replace(DONE, evidence=""), DONE) is None
    with pytest.raises(AnswerRefused, match="already recorded as done"):
        accepted(replace(DONE, evidence="something else"), DONE)


@pytest.mark.parametrize("evidence", ["", "   ", "\n"])
def test_done_needs_evidence(evidence: str) -> None:
    with pytest.raises(AnswerRefused, match="Please give a link or a reference that shows it is done"):
        accepted(replace(DONE, evidence=evidence))


def test_what_has_no_date_yet_cannot_be_answered_and_says_what_it_waits_for() -> None:
    waiting = milestone(USUAL, waits_for=("report_received",))
    with pytest.raises(AnswerRefused, match="no date yet: it waits for report_received"):
        accept(waiting, ACKNOWLEDGED, TaskStatus())


# A clock that was ahead when an answer was recorded.

NOW = at("Fri 15 Nov 2019 07:30")
AHEAD = at("Mon 9 Dec 2019 08:52")
FIRST = answer(Answer.DELEGATED, "Thu 14 Nov 2019 10:05", delegated_to="ann")
SECOND = answer(Answer.DELEGATED, "Thu 14 Nov 2019 16:20", delegated_to="bob")


@pytest.mark.parametrize("now", [NOW, at("Tue 10 Dec 2019 07:30")], ids=["while ahead", "once it has come"])
def test_answers_count_in_the_order_in_which_they_were_recorded(now: datetime) -> None:
    counted = answers_now((replace(FIRST, at=AHEAD), SECOND), at=now)
    assert [response.at for response in counted] == [SECOND.at, SECOND.at]
    assert task_status(OWED, counted, office=OFFICE, at=now).delegated_to == "bob"


def test_the_last_answer_of_a_later_clock_counts_from_now() -> None:
    assert answers_now((SECOND, replace(FIRST, at=AHEAD)), at=NOW) == (SECOND, replace(FIRST, at=NOW))


def test_a_promise_of_a_later_clock_silences_nobody() -> None:
    assert answers_now((replace(ACKNOWLEDGED, at=AHEAD), replace(HELP, at=AHEAD), SECOND), at=NOW) == (SECOND,)
