"""Test that tasks of an earlier version stand whole until they are parted, and say the same before and after."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlmodel import col

from models.store import Store
from models.store.base.json_values import UnreadableRow, recall, written
from models.store.plan import parting
from models.tables import MilestoneRow
from tasks.space import part_tasks
from tests.models import world
from tests.models.plan.test_stored_tasks import SECOND, kept, of_next, sync
from tests.models.whole import stand_whole, texts
from tests.timeline.literals import day
from timeline.planning.occurrences import Milestone

MOVED = replace(SECOND, due_on=day("Thu 5 Mar 2020"), asks="Send the draft of the plan to the lead.")
THIRD = replace(SECOND, ref="action-plan/3/draft", number=3)


@pytest.fixture
def older(store: Store) -> Store:
    """Give the memory of a council whose three tasks an earlier version wrote."""
    sync(store, world.occurrence(), of_next(SECOND), world.occurrence(THIRD, ref="action-plan/3", number=3))
    stand_whole(store)
    return store


def test_a_task_says_the_same_whole_and_parted_and_a_second_time_changes_nothing(older: Store) -> None:
    whole, planned, chain = older.plan.milestones(), older.plan.occurrences(), older.audit.events()
    assert {world.milestone(), SECOND, THIRD} == {*whole}
    assert part_tasks(older) == 3
    parted = texts(older)
    assert {shared for _, shared in parted.values()} == {*kept(older)}
    assert all(len(own) < len(written(SECOND)) for own, _ in parted.values())
    assert (older.plan.milestones(), older.plan.occurrences()) == (whole, planned)
    assert (part_tasks(older), texts(older)) == (0, parted)
    assert older.audit.events() == chain
    assert older.audit.verify() is None


def test_processes_of_the_version_before_can_read_what_is_written_before_the_first_is_parted(older: Store) -> None:
    sync(older, world.occurrence(), of_next(MOVED), world.occurrence(THIRD, ref="action-plan/3", number=3))
    read = {ref: recall(Milestone, definition) for ref, (definition, _) in texts(older).items()}
    assert read == {task.ref: task for task in (world.milestone(), MOVED, THIRD)}
    assert kept(older) == []
    assert {*older.plan.milestones()} == {*read.values()}


def test_a_run_that_ends_in_between_loses_nothing_and_the_next_goes_on(older: Store) -> None:
    first = older.plan.part(after="", limit=1)
    assert (first.parted, first.last) == (1, min(texts(older)))
    assert {*older.plan.milestones()} == {world.milestone(), SECOND, THIRD}
    # From now on all that is written is parted, too.
    sync(older, world.occurrence(), of_next(MOVED), world.occurrence(THIRD, ref="action-plan/3", number=3))
    assert [ref for ref, (_, shared) in texts(older).items() if not shared] == [THIRD.ref]
    assert part_tasks(older) == 1
    assert {*older.plan.milestones()} == {world.milestone(), MOVED, THIRD}


def test_a_batch_that_fails_changes_nothing(older: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def run(self, *_: object) -> None:
            raise ConnectionError

    before = texts(older)
    monkeypatch.setattr(parting, "CHANGE_TASK", Failing())
    with pytest.raises(ConnectionError):
        older.plan.part(after="", limit=500)
    assert (texts(older), kept(older)) == (before, [])


def test_a_task_that_nobody_can_read_stays_as_it_is_and_keeps_no_other_from_being_parted(older: Store) -> None:
    its = col(MilestoneRow.council) == older.council, col(MilestoneRow.ref) == SECOND.ref
    with older.engine.begin() as connection:
        connection.execute(update(MilestoneRow).where(*its).values(definition="not what it was"))
    assert part_tasks(older) == 2
    assert texts(older)[SECOND.ref] == ("not what it was", "")
    with pytest.raises(UnreadableRow):
        older.plan.milestones()
