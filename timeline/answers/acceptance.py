"""Decide whether an answer can be recorded on a task as it stands."""

from timeline.answers.responses import (
    LEAVES,
    SECOND_PERSONS,
    Answer,
    AnswerRefused,
    Response,
    State,
    TaskStatus,
    may_take_back,
)
from timeline.planning.occurrences import Milestone


def accept(milestone: Milestone, response: Response, now: TaskStatus) -> Response | None:
    """Give the response to record; None when the same response is recorded already and still counts.

    Raises AnswerRefused when the task does not allow it.
    """
    if response.answer is Answer.TAKEN_BACK:
        return _taken_back(response, now)
    said, stands = now.response, now.state is LEAVES[response.answer]
    if said and (now.is_done if response.answer is Answer.DONE else stands) and _same(said, response):
        return None
    if response.answer in SECOND_PERSONS:
        return _second_persons(response, now)
    if now.is_done:
        raise AnswerRefused("This task is already recorded as done, so nothing was changed.")
    if milestone.due_on is None:
        raise AnswerRefused(f"This task has no date yet: it waits for {', '.join(milestone.waits_for)}.")
    if response.answer is Answer.DELEGATED and not response.delegated_to:
        raise AnswerRefused("Please say who will do this: somebody of this council's directory.")
    if response.answer is Answer.DONE and not response.evidence.strip():
        raise AnswerRefused("Please give a link or a reference that shows it is done.")
    return response


def _taken_back(response: Response, now: TaskStatus) -> Response | None:
    if now.took_back and now.took_back.person == response.person:
        return None
    if not may_take_back(response.person, now):
        raise AnswerRefused("There is no answer of yours here that could be taken back, so nothing was changed.")
    return response


def _second_persons(response: Response, now: TaskStatus) -> Response | None:
    """Accept the first confirmation; ignore any other."""
    if response.answer is Answer.CONFIRMED and now.confirmed:
        return None
    if now.state is State.DONE:
        raise AnswerRefused("This task is done, and nobody has to confirm it any more. Nothing was changed.")
    if now.state is not State.UNCONFIRMED:
        raise AnswerRefused("This task is not recorded as done, so there is nothing to confirm yet.")
    if response.answer is Answer.RETURNED and not response.text.strip():
        raise AnswerRefused("Please say what is missing, so that it can be done.")
    return response


def _same(said: Response, response: Response) -> bool:
    """Tell whether it is a second press of the same button: the same task, date, person and words."""
    if response.answer is Answer.DONE:
        return said.evidence == response.evidence or not response.evidence
    mine = (response.person, response.text, response.delegated_to)
    return (said.answer, said.person, said.text, said.delegated_to) == (response.answer, *mine)
