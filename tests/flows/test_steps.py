"""Test what Prefect does with a step that fails, and that a run says what it did in the product's own words."""

import asyncio
import logging
from inspect import getclosurevars, isfunction
from pathlib import Path
from typing import Any

import pytest
from prefect.context import TaskRunContext

from flows import assurance, directors_monday, duty, notify, replies, retention
from flows.councils import each_council
from models.store import Store
from tasks.prefect_tasks import steps
from tasks.prefect_tasks.shown import FEW, of_councils, steps_are_shown
from tests.harness import World

# What writes or sends is never done again by Prefect: the next run finds what is left.
ONCE = {"write prompts", "deliver", "keep drafts for the lead member", "write the Monday mail", "assure"}
ONCE |= {"read the mailbox", "send receipts", "erase what is over", "erase caught mail", "decide"}


def every_step() -> dict[str, Any]:
    return {
        f"{flow.__name__}.{name}": shown
        for flow in (assurance, directors_monday, duty, notify, replies, retention)
        for name, step in vars(flow).items()
        if isfunction(step) and (shown := getclosurevars(step).nonlocals.get("shown"))
    }


def test_what_reads_or_shows_is_tried_three_times_and_what_writes_or_sends_once() -> None:
    tasks = every_step()
    assert {task.name for task in tasks.values()} >= ONCE
    for name, task in tasks.items():
        assert task.retries == (0 if task.name in ONCE else 2), name
        # A picture or a table that hangs must not hold up the run; a send has a time-out of its own.
        assert task.timeout_seconds == (60 if ".publish" in name else None), name


def test_of_many_councils_nothing_is_a_step() -> None:
    known: list[object] = []
    step = steps.step("look", lambda: known.append(TaskRunContext.get()))
    with of_councils(FEW + 1):
        assert not steps_are_shown()
        step()
    assert (known, steps_are_shown()) == ([None], True)
    with of_councils(FEW):
        assert steps_are_shown()


def test_of_many_councils_what_reads_is_tried_as_often_without_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tasks.prefect_tasks.tried.time.sleep", waited.append)
    faults = [OSError("busy"), OSError("busy")]

    def look() -> str:
        if faults:
            raise faults.pop()
        return "seen"

    with of_councils(FEW + 1):
        assert steps.step("look", look, **steps.READS)() == "seen"
        assert waited == [1, 5]
        faults[:] = [OSError(number) for number in "321"]
        with pytest.raises(OSError, match="3"):
            steps.step("look", look, **steps.READS)()
        faults[:] = [OSError("once")]
        with pytest.raises(OSError, match="once"):
            steps.step("write", look)()


async def test_of_many_councils_a_sheet_that_hangs_is_given_up_and_tried_as_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[int] = []

    async def publish() -> None:
        tries.append(1)
        await asyncio.Event().wait()

    at_once = {"retry_delay_seconds": [0, 0], "timeout_seconds": 0}
    with of_councils(FEW + 1), pytest.raises(TimeoutError):
        await steps.step("publish", publish, **steps.SHOWS | at_once)()
    assert len(tries) == 3


async def test_each_council_leaves_a_line_in_the_log_with_its_name_and_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[tuple[int, str]] = []
    monkeypatch.setattr("flows.councils._log", lambda level, sentence: logged.append((level, sentence)))

    async def said(_: Store) -> str:
        return "2 new prompts."

    with World(tmp_path) as world:
        world.apply()
        assert (await each_council(said)).state().message == "Medway Council: 2 new prompts."
        told = f"Medway Council: 2 new prompts. See {world.settings.base_url}/timeline"
    assert logged == [(logging.INFO, told)]
