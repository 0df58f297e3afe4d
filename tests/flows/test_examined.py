"""Test that each fault of Prefect that was planted is found: no server, another, no worker, a pause, a lost slot."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolUpdate

from flows.server.examined import examine_prefect
from tasks.processes.prefect_server import PrefectServer
from tests.flows.deployed import POOL, cleared, deploy, entry
from tests.support.ports import free_port
from tests.support.prefect_login import LOGIN


@pytest.fixture
async def client(prefect_api: str) -> AsyncIterator[PrefectClient]:
    async with cleared() as prefect_client:
        yield prefect_client


def server(home: Path, api: str = "", login: str = LOGIN) -> PrefectServer:
    port = urlsplit(api).port or free_port()
    return PrefectServer(home / "prefect", login=login, port=port, log=home / "log")


async def troubles(prefect: PrefectServer, folder: Path) -> dict[str, str]:
    """Give what is told of each part that is not well."""
    diagnoses = await examine_prefect(prefect, folder)
    return {each.part: " ".join(each.lines()) for each in diagnoses if not each.is_well}


async def test_each_fault_of_prefect_is_told_with_its_remedy(
    client: PrefectClient, prefect_api: str, tmp_path: Path
) -> None:
    limited = entry("alpha") | {"concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"}}
    deployment = (await deploy(client, tmp_path, limited))["alpha"]
    ours = server(tmp_path, prefect_api)
    assert "No worker of the work pool test-pool has reported" in (await troubles(ours, tmp_path))["worker"]
    await client.send_worker_heartbeat(POOL, POOL)
    assert await troubles(ours, tmp_path) == {}
    await client.update_work_pool(POOL, WorkPoolUpdate(is_paused=True))
    assert "is paused in Prefect" in (await troubles(ours, tmp_path))["schedules"]
    await client.update_work_pool(POOL, WorkPoolUpdate(is_paused=False))
    await client.increment_concurrency_slots([f"deployment:{deployment.id}"], 1, "concurrency")
    assert "alpha holds a slot that none of its runs uses" in (await troubles(ours, tmp_path))["leases"]


async def test_no_server_and_another_server_are_told_and_nothing_more_is_asked(
    prefect_api: str, tmp_path: Path
) -> None:
    assert "does not answer" in (await troubles(server(tmp_path), tmp_path))["Prefect"]
    another = await troubles(server(tmp_path, prefect_api, "daymark:of-another-home"), tmp_path)
    assert list(another) == ["Prefect"]
    assert "refuses the login" in another["Prefect"]
