"""Test laws of the ladder about what it explains, and about its end, tried on lives that nobody would think of."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given

from tests.timeline.builders import LAST_ON, USUAL, council, ladder, milestone
from tests.timeline.escalation.ladder.lives import A_WHILE, OFFICE, due_of, law, lived, lives, owner_days
from tests.timeline.literals import day
from tests.timeline.lives import Life, written
from timeline.answers.responses import Answer, Response
from timeline.calendar.london import end_of_day, london_time
from timeline.definitions.duties import Unless
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.held import Held, owed
from timeline.escalation.ladder import Decision, Step, decide, ladder_ended, steps
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.rung_history import rung_history
from timeline.escalation.task_context import TaskContext, task_context

pytestmark = pytest.mark.slow("each case lives a whole ladder, day by day")


@law
@given(lives(embargoed=True))
def test_after_every_run_each_rung_is_explained_and_each_row_of_the_ledger_told(life: Life) -> None:
    at = london_time(due_of(life) - timedelta(days=16), time(7, 30))
    for _ in range(32):
        life.morning(at)
        rows = rung_history(life.ground(at))
        assert [row for row in rows if "neither said nor refused" in row.what] == []
        told = {(row.rung, row.repeat) for row in rows}
        assert {(entry.key.rung, entry.key.repeat) for entry in life.said} <= told
        at += timedelta(days=1)


@law
@given(lives(embargoed=True))
def test_whatever_the_ladder_decides_why_and_notify_say_the_same(life: Life) -> None:
    at = london_time(due_of(life) - timedelta(days=16), time(7, 30))
    for _ in range(32):
        before = life.ground(at)
        rows = {(row.rung, row.repeat, row.what) for row in rung_history(before)}
        for step in steps(before, until=at):
            if isinstance(step.outcome, Held) and not _is_in_ledger(before, step):
                assert (step.rung_time.rung.key, step.rung_time.repeat, step.outcome.sentence) in rows
        decision = decide(before, until=end_of_day(at))
        after = task_context(life.council, life.milestone, [*life.said, *_written(decision, at)], life.responses, at=at)
        assert [suppression_reason(after, prompt) for prompt in decision.prompts] == [""] * len(decision.prompts)
        waits = {(row.rung, row.repeat) for row in rung_history(after) if row.what.endswith("Waits to be sent.")}
        assert {(prompt.key.rung, prompt.key.repeat) for prompt in decision.prompts} <= waits
        life.morning(at)
        at += timedelta(days=1)


def _is_in_ledger(task: TaskContext, step: Step) -> bool:
    of = (step.rung_time.rung.key, step.rung_time.repeat)
    return any((entry.key.rung, entry.key.repeat) == of for entry in task.entries)


def _written(decision: Decision, at: datetime) -> list[LedgerEntry]:
    return [written(prompt, at) for prompt in decision.prompts]


@pytest.mark.parametrize("due", ["Thu 28 Nov 2019", "Fri 28 Feb 2020", "Tue 24 Dec 2019", "Mon 28 Oct 2019"])
@pytest.mark.parametrize("acknowledged_on", range(1, 15))
def test_an_acknowledgement_delays_the_asking_and_ends_none_of_it(due: str, acknowledged_on: int) -> None:
    """Test that whenever it is said, the owner is asked again: at the latest on the due date, or as soon as it has run
    out.
    """
    due_on = day(due)
    said_on = OFFICE.subtract(due_on, acknowledged_on)
    said = Response(
        milestone="action-plan/1/draft",
        due_on=due_on,
        person="officer",
        answer=Answer.ACKNOWLEDGED,
        at=london_time(said_on, time(10, 5)),
        via="link",
    )
    always_asking = ladder(*(replace(rung, unless=Unless.ACKNOWLEDGED) for rung in USUAL.rungs))
    life = lived(Life(council(), milestone(always_asking, due=due), [said]))
    expires_on = OFFICE.add(said_on, 5)
    told_on = [at.date() for at, prompt in life.told if prompt.key.person == "officer"]
    assert [on for on in told_on if said_on < on < expires_on] == []
    again_on = min(on for on in told_on if on >= expires_on)
    in_between = [on for on in owner_days(always_asking, due_on) if said_on < on <= expires_on]
    if in_between and expires_on <= due_on:
        assert again_on == expires_on


@law
@given(lives())
def test_a_ladder_never_ends_silently(life: Life) -> None:
    """Test that where nothing will ever be looked at again, the task is done, or it stands in what the board report
    draws on.
    """
    due_on = life.milestone.due_on
    assert due_on is not None
    life.through(due_on - A_WHILE, min(due_on + timedelta(days=120), LAST_ON))
    last_at = london_time(min(due_on + timedelta(days=120), LAST_ON), time(19))
    task = life.ground(last_at)
    if life.look_at is None:
        assert ladder_ended(task) or not owed(task)
    if owed(task) and not ladder_ended(task):
        assert life.look_at is not None
