"""Test the care of runs: those that have none waiting, were missed, hang on from a process that is gone, or are
late.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from prefect import flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Pending, Running, Scheduled

from flows.server.abandoned import FIRST_RUN, crash_abandoned
from flows.server.deployments import deployments_in, unscheduled
from flows.server.morning import run_late_mornings
from flows.server.naming import name_coming_runs, name_skipped_runs
from flows.server.past_runs import clear_past_runs, needless
from flows.server.work_pool import STEERING
from tests.flows.deployed import POOL, cleared, made


@pytest.fixture
async def client(prefect_api: str) -> AsyncIterator[PrefectClient]:
    async with cleared() as prefect_client:
        yield prefect_client


async def _unscheduled(client: PrefectClient) -> list[str]:
    return await unscheduled(client, await deployments_in(client, [POOL]))


async def _soon_unscheduled(client: PrefectClient, expected: list[str]) -> list[str]:
    until = time.monotonic() + 180
    while (given := await _unscheduled(client)) != expected and time.monotonic() < until:
        await asyncio.sleep(0.2)
    return given


async def test_a_scheduled_deployment_soon_has_a_run_waiting(client: PrefectClient) -> None:
    await made(client, "alpha", "early")
    await made(client, "beta")
    assert await _soon_unscheduled(client, []) == []


async def test_a_deployment_whose_runs_are_gone_is_named(client: PrefectClient) -> None:
    alpha, beta = await made(client, "alpha", "early"), await made(client, "beta", "early")
    await made(client, "gamma")
    await _soon_unscheduled(client, [])
    # As with SQLAlchemy 2.1: a schedule that is active, and no run.
    await client.update_deployment_schedule(beta.id, beta.schedules[0].id, active=False)
    named = await _without_runs(client, alpha)
    assert "alpha" in named
    assert not {"beta", "gamma"} & set(named)


async def _without_runs(client: PrefectClient, deployment: DeploymentResponse) -> list[str]:
    """Tell what is named once its runs are deleted: again when the server's scheduler was faster and made new ones."""
    until = time.monotonic() + 180
    while True:
        for run in await client.read_flow_runs(sort=FlowRunSort.ID_DESC, limit=200):
            if run.deployment_id == deployment.id:
                await client.delete_flow_run(run.id)
        given = await _unscheduled(client)
        if deployment.name in given or time.monotonic() > until:
            return given


async def test_a_form_does_not_wait_behind_runs_that_fill_the_other_queue(client: PrefectClient) -> None:
    steered, other = await made(client, "alpha", queue=STEERING), await made(client, "beta")
    states: list[State] = [Running(), Running(), Scheduled()]
    for state in states:
        await client.create_flow_run_from_deployment(other.id, state=state)
    form = await client.create_flow_run_from_deployment(steered.id, state=Scheduled())
    handed_out = await client.get_scheduled_flow_runs_for_work_pool(POOL)
    assert [run.flow_run.id for run in handed_out] == [form.id]


@flow
async def _idle() -> None:
    pass


async def test_a_worker_of_several_ends_the_runs_that_it_had_alone(client: PrefectClient) -> None:
    """Test that two runs which a killed worker had taken, and not begun, do not keep all flows waiting."""
    deployment = await made(client, "alpha")
    await crash_abandoned(client, [POOL])
    runs = [await client.create_flow_run_from_deployment(deployment.id, state=Pending()) for _ in range(2)]
    for run, worker in zip(runs, ("first", "second"), strict=True):
        await client.update_flow_run_labels(run.id, {"prefect.worker.name": worker})
    assert await crash_abandoned(client, [POOL], worker="first") == 1
    states = [(await client.read_flow_run(run.id)).state_type for run in runs]
    assert states == [StateType.CRASHED, StateType.PENDING]


async def test_a_run_whose_process_is_gone_is_marked_as_crashed_and_no_other(client: PrefectClient) -> None:
    theirs = await made(client, "beta", pool="another-pool")
    ours = await made(client, "alpha")
    await crash_abandoned(client, [POOL])
    abandoned = await client.create_flow_run_from_deployment(ours.id, state=Running())
    first_run = await client.create_flow_run(_idle, state=Running(), tags=[FIRST_RUN])
    waiting = await client.create_flow_run_from_deployment(ours.id, state=Scheduled())
    of_others = await client.create_flow_run_from_deployment(theirs.id, state=Running())
    by_hand = await client.create_flow_run(_idle, state=Running())
    assert await crash_abandoned(client, [POOL]) == 2
    given = [(await client.read_flow_run(run.id)).state for run in (abandoned, first_run)]
    assert {(state.type, state.message) for state in given if state} == {
        (StateType.CRASHED, "Daymark was stopped while this ran.")
    }
    left = [await client.read_flow_run(run.id) for run in (waiting, of_others, by_hand)]
    assert [run.state_type for run in left] == [StateType.SCHEDULED, StateType.RUNNING, StateType.RUNNING]
    assert await crash_abandoned(client, [POOL]) == 0
    await client.delete_flow_run(by_hand.id)


async def test_runs_of_the_past_are_cleared_and_a_late_morning_runs_again(client: PrefectClient) -> None:
    theirs = await made(client, "beta", "early", pool="another-pool")
    ours = {name: await made(client, name, *slugs) for name, slugs in (("alpha", ["early"]), ("gamma", []))}
    await _soon_unscheduled(client, [])
    # As after two weeks: the server's runs of the future lie in the past.
    now = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    asked = await client.create_flow_run_from_deployment(ours["alpha"].id, state=Scheduled())
    before = {run.id for run in await _runs(client, ours["alpha"])}
    assert await clear_past_runs(client, [POOL], now=now) > 1
    # The server's scheduler, to which they lie in the future, may have made new ones since.
    left = before & {run.id for run in await _runs(client, ours["alpha"])}
    assert asked.id in left
    assert len(left) < len(before)
    assert len(await _runs(client, theirs)) > 2

    assert await run_late_mornings(client, [POOL], ["gamma", "beta"], now=now) == ("gamma",)
    (run,) = await _runs(client, ours["gamma"])
    assert run.state_type == StateType.SCHEDULED


def test_of_the_runs_that_were_missed_the_newest_of_each_deployment_stays_and_each_that_was_asked_for() -> None:
    first, second = uuid4(), uuid4()

    def missed(deployment: UUID, hour: int, *, asked: bool = False) -> FlowRun:
        at = datetime(2026, 11, 30, hour, tzinfo=UTC)
        return FlowRun(
            flow_id=uuid4(), deployment_id=deployment, auto_scheduled=not asked, next_scheduled_start_time=at
        )

    runs = [missed(first, 9), missed(first, 7), missed(first, 8), missed(second, 7), missed(first, 1, asked=True)]
    assert needless(runs) == (runs[1].id, runs[2].id)
    assert needless([]) == ()


async def _runs(client: PrefectClient, deployment: DeploymentResponse) -> list[FlowRun]:
    ours = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
    return await client.read_flow_runs(deployment_filter=ours, sort=FlowRunSort.ID_DESC, limit=200)


async def test_coming_runs_are_named_by_their_day_and_a_run_without_a_place_is_called_skipped(
    client: PrefectClient,
) -> None:
    panels, other = await made(client, "plo-panels"), await made(client, "notify")
    at, now = datetime(2027, 12, 7, 7, 36, tzinfo=UTC), datetime.now(UTC)  # noqa: TID251 (Prefect asks its own clock)
    coming = await client.create_flow_run_from_deployment(panels.id, state=Scheduled(scheduled_time=at))
    left_alone = await client.create_flow_run_from_deployment(other.id, state=Scheduled(scheduled_time=at))
    no_place: State = Cancelled(message="Deployment concurrency limit reached.")
    skipped = await client.create_flow_run_from_deployment(other.id, state=Scheduled(scheduled_time=now))
    await client.set_flow_run_state(skipped.id, no_place, force=True)
    assert await name_coming_runs(client, [POOL]) == 1
    assert await name_coming_runs(client, [POOL]) == 0
    assert (await client.read_flow_run(coming.id)).name == "PLO panels · Tue 7 Dec 2027 07:36"
    assert (await client.read_flow_run(left_alone.id)).name == left_alone.name
    assert await name_skipped_runs(client, [POOL], now=now) == 1
    state = (await client.read_flow_run(skipped.id)).state
    assert state is not None
    # Not completed: the morning's watch runs again what no run has completed.
    assert (state.type, state.name) == (StateType.CANCELLED, "Skipped")
    assert await name_skipped_runs(client, [POOL], now=now) == 0
