"""Test the assurance at a real Prefect server: its flow, what stands still there, and Prefect's own watch over it."""

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import yaml
from prefect import flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolUpdate
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.states import Running

from config.settings import ROOT
from flows.server.deployments import bring_up_to_date, wanted
from flows.server.silence import NAME, watch_for_silence
from flows.server.switched_off import switched_off
from flows.server.watching import standing_still
from tests.harness import World
from tests.support.assured_days import Days
from tests.support.prefect_login import AUTH, to_prefect
from tests.timeline.literals import day
from timeline.calendar.schedules import STATUTORY

FLOW = """
from prefect import flow

@flow(name="{name}")
async def {name}() -> None:
    pass
"""


@pytest.fixture
async def client(prefect_api: str) -> AsyncIterator[PrefectClient]:
    async with get_client() as prefect_client:
        yield prefect_client
        for deployment in await prefect_client.read_deployments(limit=200):
            await prefect_client.delete_deployment(deployment.id)


@flow
async def _idle() -> None:
    pass


def _write(folder: Path, *names: str) -> None:
    (folder / "flows").mkdir(exist_ok=True)
    entries: list[dict[str, Any]] = []
    for name in names:
        (folder / f"flows/{name}.py").write_text(FLOW.format(name=name))
        schedule = {"slug": "mornings", "cron": "30 7 * * 1-5", "timezone": "Europe/London"}
        entry = {"name": name, "entrypoint": f"flows/{name}.py:{name}", "work_pool": {"name": "watched-pool"}}
        entries.append(entry | {"schedules": [schedule]})
    pull = [{"prefect.deployments.steps.set_working_directory": {"directory": str(folder)}}]
    (folder / "prefect.yaml").write_text(yaml.safe_dump({"name": "test", "pull": pull, "deployments": entries}))


async def _deployed(client: PrefectClient, folder: Path, *names: str) -> dict[str, DeploymentResponse]:
    _write(folder, *names)
    await bring_up_to_date(client, folder)
    return {
        deployment_response.name: deployment_response
        for deployment_response in await client.read_deployments(limit=200)
    }


@pytest.mark.slow("asks a real Prefect server for every deployment")
async def test_what_is_switched_off_missing_or_hangs_is_told(client: PrefectClient, tmp_path: Path) -> None:
    given = await _deployed(client, tmp_path, "alpha", "beta", "gamma", "delta")
    await client.pause_deployment(given["alpha"].id)
    await client.update_deployment_schedule(given["beta"].id, given["beta"].schedules[0].id, active=False)
    await client.delete_deployment(given["gamma"].id)
    await client.update_work_pool("watched-pool", WorkPoolUpdate(is_paused=True))
    hung = await client.create_flow_run_from_deployment(given["delta"].id, name="hung", state=Running())
    ours = await client.create_flow_run_from_deployment(given["delta"].id, name="ours", state=Running())
    theirs = await client.create_flow_run(_idle, name="of somebody else", state=Running())
    now = datetime.now(UTC) + timedelta(minutes=31)  # noqa: TID251 (the server's own clock set the state)
    told = await standing_still(client, tmp_path, now=now, mornings=["delta"], but=ours.id)
    pool = "The work pool watched-pool is paused in Prefect: no flow of Daymark runs and no reminder leaves until it is"
    assert told[0].startswith(pool)
    assert "The deployment alpha is paused." in told
    assert list(told[:4]) == list(await switched_off(client, tmp_path))
    await client.update_work_pool("watched-pool", WorkPoolUpdate(is_paused=False))
    queues = await client.read_work_queues(work_pool_name="watched-pool")
    (default,) = [queue.id for queue in queues if queue.name == "default"]
    await client.update_work_queue(default, is_paused=True)
    assert (await switched_off(client, tmp_path))[0].startswith("The queue default of the work pool watched-pool is")
    await client.update_work_queue(default, is_paused=False)
    assert "The schedule mornings of beta is switched off." in told
    assert "The deployment gamma is missing." in told
    assert [each for each in told if each.startswith("delta has not completed since ")]
    assert [each for each in told if each.startswith("The run “hung” hung since ")]
    states = [(await client.read_flow_run(run.id)).state_type for run in (hung, ours, theirs)]
    assert states == [StateType.CRASHED, StateType.RUNNING, StateType.RUNNING]
    again = await standing_still(client, tmp_path, now=now, but=ours.id)
    assert not [each for each in again if "hung" in each]
    for run in (ours, theirs):
        await client.delete_flow_run(run.id)


def test_every_morning_that_is_waited_for_is_in_the_file() -> None:
    assert set(STATUTORY) < set(wanted(ROOT).schedules)


class _Called(BaseHTTPRequestHandler):
    server: "_Page"

    def do_POST(self) -> None:
        self.server.called.set()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Page(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Called)
        self.called = threading.Event()


def _saved_at(automation: UUID) -> str:
    address = f"{os.environ['PREFECT_API_URL']}/automations/{automation}"
    saved_at: str = to_prefect.get(address, auth=AUTH).raise_for_status().json()["updated"]
    return saved_at


async def test_prefect_calls_our_page_when_no_assurance_has_run(client: PrefectClient) -> None:
    with _Page() as page:
        serving = threading.Thread(target=page.serve_forever)
        serving.start()
        url = f"http://127.0.0.1:{page.server_address[1]}/assurance/silent/x"
        assurance, seen = uuid4(), []
        for _ in range(2):  # made twice, there is one, and its time goes on
            await watch_for_silence(client, url, deployment=assurance, within=timedelta(seconds=10))
            automations = await client.read_automations_by_name(NAME)
            seen += [_saved_at(automation.id) for automation in automations]
        assert seen == [seen[0]] * 2
        until = time.monotonic() + 120
        while not page.called.is_set() and time.monotonic() < until:
            await asyncio.sleep(0.5)
        page.shutdown()
        serving.join()
        for automation in automations:
            await client.delete_automation(automation.id)
        assert len(automations) == 1
        assert page.called.is_set()


@pytest.mark.slow("two runs of the flow at a real Prefect server")
def test_the_flow_ends_red_with_what_is_unexplained_and_good_once_it_is_said(prefect_api: str, tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.apply()
        days = Days(world)
        days.morning(day("Wed 28 Aug 2019"))
        days.mails(day("Wed 28 Aug 2019"))
        world.at("Wed 28 Aug 2019 08:45")
        good = world.run("assurance")
        assert (good.type, "0 unexplained." in good.message) == ("COMPLETED", True)
        world.at("Thu 29 Aug 2019 08:45")
        red = world.run("assurance")
        assert (red.type, "written once more" in red.message) == ("FAILED", True)
        shown = {artifact["key"]: artifact for artifact in world.artifacts(prefect_api, red)}
        assert set(shown) == {"assurance-medway", "overview-medway"}
        assert "neither said nor refused" in shown["assurance-medway"]["data"]
        assert "](data:image/svg+xml;base64," in shown["overview-medway"]["data"]
        assert not [name for name in _names(world) if name in f"{shown}"]
        world.at("Thu 29 Aug 2019 08:50").deliver()
        world.at("Thu 29 Aug 2019 09:30")
        assert world.run("assurance").type == "COMPLETED"


def _names(world: World) -> list[str]:
    """Give addresses: of a person in these files the name is that of the post."""
    return [person.address for person in world.timeline.directory.people.values()]


async def test_a_server_that_is_gone_is_an_error_and_no_silence(tmp_path: Path) -> None:
    async with PrefectClient("http://127.0.0.1:9/api") as nobody:
        with pytest.raises(httpx.ConnectError):
            await standing_still(nobody, ROOT, now=datetime.now(UTC))  # noqa: TID251 (nothing is decided by it)
