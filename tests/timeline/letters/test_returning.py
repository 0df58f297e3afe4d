"""Test what somebody who was away reads on the first day back."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, milestone
from tests.timeline.literals import at
from timeline.answers.responses import State, TaskStatus
from timeline.escalation.task_context import task_context
from timeline.letters.absence import StoodIn, text

BACK_AT = at("Mon 18 Nov 2019 08:30")


def told(state: State) -> str:
    task = replace(task_context(COUNCIL, milestone(), at=BACK_AT), status=TaskStatus(state))
    return text(COUNCIL, COUNCIL.directory.people["officer"], [StoodIn(task=task, post="Team manager")])


@pytest.mark.parametrize("state", State)
def test_every_state_of_a_task_has_a_word(state: State) -> None:
    assert "It went to the Team manager." in told(state)


def test_what_is_done_has_no_days_left() -> None:
    assert "due in" in told(State.OPEN)
    assert "due in" not in told(State.DONE)
    assert "(Action plan to Ofsted): done, and waits for a second person." in told(State.UNCONFIRMED)
