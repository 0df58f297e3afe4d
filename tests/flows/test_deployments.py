"""Test deploying: the server holds what the file says, and what belongs to others is left alone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from config.settings import ROOT, Settings, using
from flows.server.deployments import MAILBOX, DeployFailed, bring_up_to_date, deployments_in, wanted
from flows.server.work_pool import STEERING
from tests.flows.deployed import POOL, cleared, deploy, entry, made, write
from tests.flows.test_schedules import FORMS

pytestmark = pytest.mark.slow("deploys to a real Prefect server, which the first of them starts")

OPEN = ProcessWorker.get_default_base_job_template()


@pytest.fixture
async def client(prefect_api: str) -> AsyncIterator[PrefectClient]:
    async with cleared() as prefect_client:
        yield prefect_client


@dataclass(frozen=True)
class Twice:
    """Hold a file that is deployed, and what the server holds once another file is deployed.

    In between an administrator pauses a schedule and makes one by hand.
    """

    folder: Path
    first: dict[str, DeploymentResponse]
    second: dict[str, DeploymentResponse]
    ours: list[str]
    template: dict[str, Any]


@pytest.fixture(scope="module")
async def twice(prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp("deployed")
    limited = {"concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"}}
    async with cleared() as client:
        await made(client, "of-others", "early", pool="another-pool")
        as_prefect_makes_it = WorkPoolCreate(name=POOL, type="process", base_job_template=OPEN)
        await client.create_work_pool(as_prefect_makes_it, overwrite=True)
        first = await deploy(client, folder, entry("alpha", "early", "late") | limited, entry("beta", "early"))
        by_hand = DeploymentScheduleCreate(schedule=CronSchedule(cron="0 12 * * *"))
        await client.create_deployment_schedules(first["alpha"].id, [by_hand])
        (late,) = [schedule.id for schedule in first["alpha"].schedules if schedule.slug == "late"]
        await client.update_deployment_schedule(first["alpha"].id, late, active=False)
        second = await deploy(client, folder, entry("alpha", "late"))
        ours = [deployment.name for deployment in await deployments_in(client, [POOL])]
        return Twice(folder, first, second, ours, (await client.read_work_pool(POOL)).base_job_template)


def test_a_deployment_and_a_schedule_that_left_the_file_leave_the_server(twice: Twice) -> None:
    first, second = twice.first["alpha"], twice.second["alpha"]
    assert first.global_concurrency_limit is not None
    assert set(twice.first) == {"alpha", "beta", "of-others"}
    assert first.pull_steps == [{"prefect.deployments.steps.set_working_directory": {"directory": str(twice.folder)}}]
    assert set(twice.second) == {"alpha", "of-others"}
    assert second.id == first.id
    assert second.global_concurrency_limit is None
    assert [schedule.slug for schedule in second.schedules] == ["late"]


def test_a_schedule_that_an_administrator_paused_stays_paused(twice: Twice) -> None:
    assert [schedule.active for schedule in twice.first["alpha"].schedules] == [True, True]
    assert [schedule.active for schedule in twice.second["alpha"].schedules] == [False]


def test_deployments_of_somebody_elses_work_pool_are_left_alone(twice: Twice) -> None:
    assert twice.ours == ["alpha"]
    theirs = twice.second["of-others"]
    assert theirs.work_pool_name == "another-pool"
    assert [schedule.slug for schedule in theirs.schedules] == ["early"]


async def test_a_name_of_somebody_else_is_not_taken_from_them(client: PrefectClient, tmp_path: Path) -> None:
    theirs = await made(client, "alpha", pool="another-pool")
    with pytest.raises(DeployFailed, match="Another work pool of this Prefect server has a deployment named alpha: "):
        await deploy(client, tmp_path, entry("alpha"))
    assert (await client.read_deployment(theirs.id)).work_pool_name == "another-pool"


async def test_a_file_that_names_no_such_flow_is_told_in_prefects_words(client: PrefectClient, tmp_path: Path) -> None:
    write(tmp_path, entry("alpha"))
    (tmp_path / "flows/alpha.py").write_text("")
    with pytest.raises(DeployFailed, match=r"prefect\.yaml could not be deployed: .*alpha"):
        await bring_up_to_date(client, tmp_path)


def test_the_file_names_what_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, entry("alpha", "early", "late"), entry("beta"))
    file = wanted(tmp_path)
    assert file.pools == {POOL}
    assert file.schedules == {"alpha": {"early", "late"}, "beta": frozenset()}


def test_what_needs_a_mailbox_has_a_schedule_only_where_one_is_read(tmp_path: Path) -> None:
    """Save two hundred empty runs a day, which were three quarters of Prefect's database."""
    write(tmp_path, entry("alpha", "early"), entry("beta", "early") | {"tags": [MAILBOX]})
    with using(Settings.given(home=tmp_path)):
        assert wanted(tmp_path).schedules == {"alpha": {"early"}, "beta": frozenset()}
        assert wanted(ROOT).schedules["replies"] == frozenset()
    with using(Settings.given(home=tmp_path, imap_host="mail.council.example")):
        assert wanted(tmp_path).schedules["beta"] == {"early"}
        assert wanted(ROOT).schedules["replies"] == {"every-five-minutes"}


# Everything by which a run might have another program carried out.
WISHES = {
    "command": "touch taken",
    "working_dir": "/somewhere",
    "env": {"PATH": "/somewhere"},
    "env.PYTHONPATH": "/somewhere",
    "stream_output": False,
}


async def test_a_run_cannot_name_the_program_that_carries_it_out(twice: Twice, client: PrefectClient) -> None:
    ours = await _configured(client, twice.template)
    assert (ours.command, ours.env, ours.working_dir) == ("python -m prefect.engine", {}, None)
    assert (await _configured(client, OPEN)).command == "touch taken"


async def _configured(client: PrefectClient, template: dict[str, Any]) -> ProcessJobConfiguration:
    of_a_run = ProcessJobConfiguration.from_template_and_values(template, dict(WISHES), client=client)
    configuration: ProcessJobConfiguration = await of_a_run
    return configuration


def test_no_form_is_ever_cancelled_for_another() -> None:
    entries = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    forms = {form["name"]: form for form in entries if not form.get("schedules")}
    assert set(forms) == set(FORMS)
    for form in forms.values():
        assert form["work_pool"]["work_queue_name"] == STEERING
        assert "concurrency_limit" not in form
