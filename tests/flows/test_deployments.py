import asyncio
import os
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from prefect import flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Running, Scheduled
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from config.settings import ROOT
from flows.server.abandoned import FIRST_RUN, crash_abandoned
from flows.server.deployments import DeployFailed, bring_up_to_date, deployments_in, unscheduled, wanted
from flows.server.morning import run_late_mornings
from flows.server.past_runs import clear_past_runs, needless
from flows.server.work_pool import STEERING

pytestmark = pytest.mark.slow("runs at a real Prefect server")

OPEN = ProcessWorker.get_default_base_job_template()
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
    limited = {"concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"}}
    first = await _deploy(client, tmp_path, _entry("alpha", "early", "late") | limited, _entry("beta", "early"))
    assert first["alpha"].global_concurrency_limit is not None
    assert set(first) == {"alpha", "beta"}
    assert first["alpha"].pull_steps == [
        {"prefect.deployments.steps.set_working_directory": {"directory": str(tmp_path)}}
    ]
    by_hand = DeploymentScheduleCreate(schedule=CronSchedule(cron="0 12 * * *"))
    await client.create_deployment_schedules(first["alpha"].id, [by_hand])

    second = await _deploy(client, tmp_path, _entry("alpha", "late"))

    assert set(second) == {"alpha"}
    assert second["alpha"].id == first["alpha"].id
    assert second["alpha"].global_concurrency_limit is None
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
    assert [deployment.name for deployment in await deployments_in(client, ["test-pool"])] == ["beta"]
    # A name of theirs is not taken from them.
    with pytest.raises(DeployFailed, match="Another work pool of this Prefect server has a deployment named alpha: "):
        await _deploy(client, tmp_path / "ours", _entry("alpha"))
    assert (await client.read_deployment(found["alpha"].id)).work_pool_name == "another-pool"


async def test_a_file_that_names_no_such_flow_is_told_in_prefects_words(client: PrefectClient, tmp_path: Path) -> None:
    _write(tmp_path, _entry("alpha"))
    (tmp_path / "flows/alpha.py").write_text("")
    with pytest.raises(DeployFailed, match=r"prefect\.yaml could not be deployed: .*alpha"):
        await bring_up_to_date(client, tmp_path, environment=os.environ)


async def _unscheduled(client: PrefectClient) -> list[str]:
    return await unscheduled(client, await deployments_in(client, ["test-pool"]))


async def _soon_unscheduled(client: PrefectClient, expected: list[str]) -> list[str]:
    until = time.monotonic() + 60
    while (found := await _unscheduled(client)) != expected and time.monotonic() < until:
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
        found = await _unscheduled(client)
        if deployment.name in found or time.monotonic() > until:
            return found


def test_the_file_names_what_is_wanted(tmp_path: Path) -> None:
    _write(tmp_path, _entry("alpha", "early", "late"), _entry("beta"))
    found = wanted(tmp_path)
    assert found.pools == {"test-pool"}
    assert found.schedules == {"alpha": {"early", "late"}, "beta": frozenset()}


# Everything by which a run might have another program carried out.
WISHES = {
    "command": "touch taken",
    "working_dir": "/somewhere",
    "env": {"PATH": "/somewhere"},
    "env.PYTHONPATH": "/somewhere",
    "stream_output": False,
}


async def test_a_run_cannot_name_the_program_that_carries_it_out(client: PrefectClient, tmp_path: Path) -> None:
    as_prefect_makes_it = WorkPoolCreate(name="old-pool", type="process", base_job_template=OPEN)
    await client.create_work_pool(as_prefect_makes_it, overwrite=True)
    await _deploy(client, tmp_path, _entry("alpha", pool="old-pool"))
    template = (await client.read_work_pool("old-pool")).base_job_template
    ours = await _configured(client, template)
    assert (ours.command, ours.env, ours.working_dir) == ("python -m prefect.engine", {}, None)
    assert (await _configured(client, OPEN)).command == "touch taken"


async def _configured(client: PrefectClient, template: dict[str, Any]) -> ProcessJobConfiguration:
    of_a_run = ProcessJobConfiguration.from_template_and_values(template, dict(WISHES), client=client)
    configuration: ProcessJobConfiguration = await of_a_run
    return configuration


async def test_a_form_does_not_wait_behind_runs_that_fill_the_other_queue(
    client: PrefectClient, tmp_path: Path
) -> None:
    steering = _entry("alpha") | {"work_pool": {"name": "test-pool", "work_queue_name": STEERING}}
    deployed = await _deploy(client, tmp_path, steering, _entry("beta"))
    states: list[State] = [Running(), Running(), Scheduled()]
    for state in states:
        await client.create_flow_run_from_deployment(deployed["beta"].id, state=state)
    form = await client.create_flow_run_from_deployment(deployed["alpha"].id, state=Scheduled())
    handed_out = await client.get_scheduled_flow_runs_for_work_pool("test-pool")
    assert [run.flow_run.id for run in handed_out] == [form.id]


def test_no_form_is_ever_cancelled_for_another() -> None:
    entries = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    forms = {entry["name"]: entry for entry in entries if not entry.get("schedules")}
    assert set(forms) == {"stop-sending", "pause"}
    for form in forms.values():
        assert form["work_pool"]["work_queue_name"] == STEERING
        assert "concurrency_limit" not in form


@flow
async def _idle() -> None:
    pass


async def test_a_run_whose_process_is_gone_is_marked_as_crashed_and_no_other(
    client: PrefectClient, tmp_path: Path
) -> None:
    (tmp_path / "theirs").mkdir()
    theirs = (await _deploy(client, tmp_path / "theirs", _entry("beta", pool="another-pool")))["beta"]
    ours = (await _deploy(client, tmp_path, _entry("alpha")))["alpha"]
    await crash_abandoned(client, ["test-pool"])
    abandoned = await client.create_flow_run_from_deployment(ours.id, state=Running())
    first_run = await client.create_flow_run(_idle, state=Running(), tags=[FIRST_RUN])
    waiting = await client.create_flow_run_from_deployment(ours.id, state=Scheduled())
    of_others = await client.create_flow_run_from_deployment(theirs.id, state=Running())
    by_hand = await client.create_flow_run(_idle, state=Running())
    assert await crash_abandoned(client, ["test-pool"]) == 2
    found = [(await client.read_flow_run(run.id)).state for run in (abandoned, first_run)]
    assert {(state.type, state.message) for state in found if state} == {
        (StateType.CRASHED, "Daymark was stopped while this ran.")
    }
    left = [await client.read_flow_run(run.id) for run in (waiting, of_others, by_hand)]
    assert [run.state_type for run in left] == [StateType.SCHEDULED, StateType.RUNNING, StateType.RUNNING]
    assert await crash_abandoned(client, ["test-pool"]) == 0
    await client.delete_flow_run(by_hand.id)


async def test_runs_of_the_past_are_cleared_and_a_late_morning_runs_again(
    client: PrefectClient, tmp_path: Path
) -> None:
    (tmp_path / "theirs").mkdir()
    theirs = (await _deploy(client, tmp_path / "theirs", _entry("beta", "early", pool="another-pool")))["beta"]
    ours = await _deploy(client, tmp_path, _entry("alpha", "early"), _entry("gamma"))
    await _soon_unscheduled(client, [])
    # As after two weeks: the server's runs of the future lie in the past.
    now = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    asked = await client.create_flow_run_from_deployment(ours["alpha"].id, state=Scheduled())
    before = {run.id for run in await _runs(client, ours["alpha"])}
    assert await clear_past_runs(client, ["test-pool"], now=now) > 1
    # The server's scheduler, to which they lie in the future, may have made new ones since.
    left = before & {run.id for run in await _runs(client, ours["alpha"])}
    assert asked.id in left
    assert len(left) < len(before)
    assert len(await _runs(client, theirs)) > 2

    assert await run_late_mornings(client, ["test-pool"], ["gamma", "beta"], now=now) == ("gamma",)
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
