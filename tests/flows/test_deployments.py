import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Running, Scheduled

from flows.server.abandoned import crash_abandoned
from flows.server.deployments import DeployFailed, bring_up_to_date, unscheduled, wanted

pytestmark = pytest.mark.slow("runs at a real Prefect server")

FLOW = """
from prefect import flow

@flow(name="{name}")
async def {name}() -> None:
    pass
"""


def _entry(name: str, *schedules: str, pool: str = "test-pool") -> dict[str, Any]:
    return {
        "name": name,
        "entrypoint": f"flows/{name}.py:{name}",
        "work_pool": {"name": pool},
        "schedules": [{"slug": slug, "cron": "30 7 * * 1-5", "timezone": "Europe/London"} for slug in schedules],
    }


def _write(folder: Path, *entries: dict[str, Any]) -> None:
    (folder / "flows").mkdir(exist_ok=True)
    for entry in entries:
        (folder / entry["entrypoint"].split(":")[0]).write_text(FLOW.format(name=entry["name"]))
    pull = [{"prefect.deployments.steps.set_working_directory": {"directory": "{{ $PWD }}"}}]
    (folder / "prefect.yaml").write_text(yaml.safe_dump({"name": "test", "pull": pull, "deployments": list(entries)}))


@pytest.fixture
async def client(prefect_api: str) -> AsyncIterator[PrefectClient]:
    async with get_client() as prefect_client:
        yield prefect_client
        for deployment in await prefect_client.read_deployments(limit=200):
            await prefect_client.delete_deployment(deployment.id)


async def _deploy(client: PrefectClient, folder: Path, *entries: dict[str, Any]) -> dict[str, DeploymentResponse]:
    _write(folder, *entries)
    await bring_up_to_date(client, folder, environment=os.environ)
    return {deployment.name: deployment for deployment in await client.read_deployments(limit=200)}


async def test_a_deployment_and_a_schedule_that_left_the_file_leave_the_server(
    client: PrefectClient, tmp_path: Path
) -> None:
    first = await _deploy(client, tmp_path, _entry("alpha", "early", "late"), _entry("beta", "early"))
    assert set(first) == {"alpha", "beta"}
    assert first["alpha"].pull_steps == [
        {"prefect.deployments.steps.set_working_directory": {"directory": str(tmp_path)}}
    ]
    by_hand = DeploymentScheduleCreate(schedule=CronSchedule(cron="0 12 * * *"))
    await client.create_deployment_schedules(first["alpha"].id, [by_hand])

    second = await _deploy(client, tmp_path, _entry("alpha", "late"))

    assert set(second) == {"alpha"}
    assert second["alpha"].id == first["alpha"].id
    assert [schedule.slug for schedule in second["alpha"].schedules] == ["late"]


async def test_a_schedule_that_an_administrator_paused_stays_paused(client: PrefectClient, tmp_path: Path) -> None:
    alpha = (await _deploy(client, tmp_path, _entry("alpha", "early")))["alpha"]
    await client.update_deployment_schedule(alpha.id, alpha.schedules[0].id, active=False)
    again = (await _deploy(client, tmp_path, _entry("alpha", "early")))["alpha"]
    assert [schedule.active for schedule in again.schedules] == [False]


async def test_deployments_of_somebody_elses_work_pool_are_left_alone(client: PrefectClient, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "ours").mkdir()
    await _deploy(client, tmp_path / "theirs", _entry("alpha", pool="another-pool"))
    found = await _deploy(client, tmp_path / "ours", _entry("beta"))
    assert set(found) == {"alpha", "beta"}


async def test_a_file_that_names_no_such_flow_is_told_in_prefects_words(client: PrefectClient, tmp_path: Path) -> None:
    _write(tmp_path, _entry("alpha"))
    (tmp_path / "flows/alpha.py").write_text("")
    with pytest.raises(DeployFailed, match=r"prefect\.yaml could not be deployed: .*alpha"):
        await bring_up_to_date(client, tmp_path, environment=os.environ)


async def _soon_unscheduled(client: PrefectClient, expected: list[str]) -> list[str]:
    until = time.monotonic() + 60
    while (found := await unscheduled(client)) != expected and time.monotonic() < until:
        await asyncio.sleep(0.2)
    return found


async def test_a_scheduled_deployment_soon_has_a_run_waiting(client: PrefectClient, tmp_path: Path) -> None:
    await _deploy(client, tmp_path, _entry("alpha", "early"), _entry("beta"))
    assert await _soon_unscheduled(client, []) == []


async def test_a_deployment_whose_runs_are_gone_is_named(client: PrefectClient, tmp_path: Path) -> None:
    found = await _deploy(client, tmp_path, _entry("alpha", "early"), _entry("beta", "early"), _entry("gamma"))
    await _soon_unscheduled(client, [])
    # As with SQLAlchemy 2.1: a schedule that is active, and no run.
    await client.update_deployment_schedule(found["beta"].id, found["beta"].schedules[0].id, active=False)
    named = await _without_runs(client, found["alpha"])
    assert "alpha" in named
    assert not {"beta", "gamma"} & set(named)


async def _without_runs(client: PrefectClient, deployment: DeploymentResponse) -> list[str]:
    """What is named once its runs are deleted: again when the server's scheduler was faster and made new ones."""
    until = time.monotonic() + 60
    while True:
        for run in await client.read_flow_runs(sort=FlowRunSort.ID_DESC, limit=200):
            if run.deployment_id == deployment.id:
                await client.delete_flow_run(run.id)
        found = await unscheduled(client)
        if deployment.name in found or time.monotonic() > until:
            return found


def test_the_file_names_what_is_wanted(tmp_path: Path) -> None:
    _write(tmp_path, _entry("alpha", "early", "late"), _entry("beta"))
    found = wanted(tmp_path)
    assert found.pools == {"test-pool"}
    assert found.schedules == {"alpha": {"early", "late"}, "beta": frozenset()}


@flow
async def _idle() -> None:
    pass


async def test_a_run_whose_process_is_gone_is_marked_as_crashed_and_no_other(client: PrefectClient) -> None:
    abandoned = await client.create_flow_run(_idle, state=Running())
    waiting = await client.create_flow_run(_idle, state=Scheduled())
    assert await crash_abandoned(client) == 1
    flow_run = await client.read_flow_run(abandoned.id)
    assert flow_run.state is not None
    assert (flow_run.state.type, flow_run.state.message) == (StateType.CRASHED, "Daymark was stopped while this ran.")
    untouched = await client.read_flow_run(waiting.id)
    assert untouched.state is not None
    assert untouched.state.type == StateType.SCHEDULED
    assert await crash_abandoned(client) == 0
