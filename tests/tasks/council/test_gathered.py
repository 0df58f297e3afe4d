"""Test that a morning's look costs what is due: of tasks that rest it reads the dates, and nothing that was said."""

from datetime import timedelta

import pytest

from tasks.council.ledger import gather
from tests.harness import World
from tests.models.test_indexes import statements_of
from timeline.answers.responses import Answer
from timeline.escalation.day import Situation

CASES = "plo-panel/1/cases"


@pytest.fixture
def duties(world: World) -> frozenset[str]:
    return frozenset(duty.key for duty in world.timeline.obligations)


def gathered(world: World, duties: frozenset[str]) -> tuple[Situation, str]:
    """Give what is gathered, and the statements that read it."""
    held: list[Situation] = []
    asked = statements_of(world.store, lambda store: held.append(gather(store, duties, at=world.now)))
    return held[0], " ".join(statement for statement, _ in asked)


def test_when_nothing_is_due_nothing_that_was_said_is_read(world: World, duties: frozenset[str]) -> None:
    world.decide(*duties)
    situation, asked = gathered(world, duties)
    # Each day may close a task of an owner of whom no action is open any more.
    assert situation.at_rest == duties - {duty.key for duty in world.timeline.obligations if duty.asks_owners}
    assert (situation.entries, situation.responses, situation.ladders) == ({}, {}, {})
    assert "FROM prompt" not in asked
    assert "FROM response" not in asked
    assert "milestone.definition" not in asked


def test_of_a_task_that_is_due_all_is_read_and_of_the_others_still_nothing(
    world: World, duties: frozenset[str]
) -> None:
    world.decide(*duties)
    world.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
    world.at(f"{world.now + timedelta(days=21):%a %-d %b %Y %H:%M}")
    situation, _ = gathered(world, duties)
    assert set(situation.responses) == {CASES}
    assert CASES in situation.entries
    assert CASES in situation.ladders
    assert not (set(situation.entries) | set(situation.ladders)) & set(situation.not_due)
