"""Test that what many tasks share is stored once, and goes when no task has it any more."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from models.store import Store
from models.store.base.json_values import UnreadableRow
from models.tables import MilestoneRow, SharedDefinitionRow
from tests.models import world
from tests.timeline.literals import at, day
from timeline.planning.occurrences import Milestone, Occurrence

LATER = at("Mon 2 Sep 2019 07:31")
SECOND = world.milestone(ref="action-plan/2/draft", number=2, due_on=day("Thu 27 Feb 2020"), why=("Half a year on.",))
OTHER_WORDS = "Send the draft of the plan to the lead."


def of_next(task: Milestone) -> Occurrence:
    return world.occurrence(task, ref="action-plan/2", number=2)


def sync(store: Store, *occurrences: Occurrence) -> None:
    store.plan.sync(occurrences, obligations=world.DUTIES, at=LATER)


def kept(store: Store) -> list[str]:
    """List the SHA-256 of each shared definition of the council."""
    mine = select(SharedDefinitionRow.sha256).where(col(SharedDefinitionRow.council) == store.council)
    with Session(store.engine) as session:
        return sorted(session.exec(mine))


def test_two_tasks_that_differ_in_their_dates_alone_share_one_definition(store: Store) -> None:
    alone = kept(store)
    sync(store, world.occurrence(), of_next(SECOND))
    assert (len(alone), kept(store)) == (1, alone)
    assert store.plan.milestones() == (world.milestone(), SECOND)
    stored = store.plan.milestone(SECOND.ref)
    assert stored
    assert stored.milestone == SECOND


def test_a_task_is_read_with_all_that_it_may_have_of_its_own(store: Store) -> None:
    full = replace(SECOND, closed_because="It took place.", ours=False, provisional=True, waits_for=("x",))
    sync(store, world.occurrence(), of_next(full))
    assert store.plan.milestones("action-plan/2") == (full,)


def test_odd_text_is_dropped_from_what_is_shared_and_the_rest_can_be_read(store: Store) -> None:
    sync(store, world.occurrence(), of_next(replace(SECOND, title="Half\ud800")))
    assert [task.title for task in store.plan.milestones("action-plan/2")] == ["Half?"]


def test_a_definition_stays_while_a_task_has_it_and_goes_with_the_last(store: Store) -> None:
    first, moved = world.milestone(), replace(world.milestone(), asks=OTHER_WORDS)
    sync(store, world.occurrence(), of_next(SECOND))
    before = kept(store)
    sync(store, world.occurrence(moved), of_next(SECOND))
    assert len(kept(store)) == 2
    assert {*before} < {*kept(store)}
    sync(store, world.occurrence(moved), of_next(replace(SECOND, asks=OTHER_WORDS)))
    assert len(kept(store)) == 1
    assert kept(store) != before
    sync(store, world.occurrence(first), of_next(SECOND))
    assert kept(store) == before


def test_it_goes_with_the_first_apply_that_is_taken_back(store: Store) -> None:
    store.changes.undo(at=LATER, who="lead")
    assert kept(store) == []


def test_a_definition_that_another_hand_changed_or_removed_is_not_believed(store: Store) -> None:
    mine = col(SharedDefinitionRow.council) == store.council
    changed = func.replace(SharedDefinitionRow.definition, world.milestone().title, "Something else")
    for by_hand in (update(SharedDefinitionRow).values(definition=changed), delete(SharedDefinitionRow)):
        with store.engine.begin() as connection:
            assert connection.execute(by_hand.where(mine)).rowcount == 1
        for look in (store.plan.milestones, store.plan.occurrences, lambda: store.plan.milestone(world.REF)):
            with pytest.raises(UnreadableRow, match="another hand may have changed it"):
                look()


def test_a_task_of_another_definition_is_not_believed(store: Store) -> None:
    mine = col(MilestoneRow.council) == store.council
    with store.engine.begin() as connection:
        connection.execute(update(MilestoneRow).where(mine).values(shared="0" * 64))
    with pytest.raises(UnreadableRow):
        store.plan.milestones()
