"""Test where a replay goes on: with the event at which an earlier one ended, and with none before it."""

import asyncio
from typing import Any

import pytest

from cli.run.replay import _while_it_lives
from cli.run.replay_runner import MORNING, ReplayRunner
from tests.harness import World
from tests.timeline.literals import at, day
from timeline.forecast.behaviour import responses_to

BEGUN = [("00:00", MORNING), ("07:34", MORNING[2:]), ("08:25", MORNING[-1:]), ("08:30", ())]


@pytest.mark.parametrize(("since", "expected"), BEGUN)
async def test_no_flow_before_it_runs_again(
    empty: World, monkeypatch: pytest.MonkeyPatch, since: str, expected: Any
) -> None:
    ran: list[str] = []

    async def completed(flow: Any) -> None:
        ran.append(flow.name)

    monkeypatch.setattr("cli.run.replay_runner._completed", completed)
    empty.apply()
    await _runner(empty, f"Mon 23 Sep 2019 {since}").day(day("Mon 23 Sep 2019"))
    assert ran == [flow.name for _, flow in expected]


def test_an_answer_given_before_it_is_not_given_again(empty: World) -> None:
    empty.apply()
    empty.at("Wed 28 Aug 2019 08:30").decide()
    prompt = empty.store.ledger.pending(at=at("Mon 30 Sep 2019 09:00"))[0].prompt
    answers = responses_to(prompt, "always", office=empty.timeline.calendars.office)
    assert len(answers) == 2
    runner = _runner(empty, since := answers[-1].at)
    runner.expect_answers(prompt, empty.timeline)
    assert [answer_at for answer_at, *_ in runner.answers] == [since]


async def test_it_ends_at_once_when_its_server_has_ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Gone:
        name = "Prefect server"

        def fault(self) -> str:
            return "ended unexpectedly; see the log."

    def ended(status: int) -> None:
        raise SystemExit(status)

    monkeypatch.setattr("os._exit", ended)
    with pytest.raises(SystemExit, match="1"):
        await _while_it_lives(Gone(), asyncio.sleep(600))
    told = "The Prefect server ended unexpectedly; see the log. Start the replay again: it goes on from here.\n"
    assert capsys.readouterr().err == told


def _runner(world: World, since: Any) -> ReplayRunner:
    since_at = at(since) if isinstance(since, str) else since
    return ReplayRunner(
        world.store,
        world.settings,
        answering="always",
        json=True,
        told=frozenset(),
        since=since_at,
        move_clock=lambda instant: None,
    )
