"""Test waking `notify` through a real Prefect server; when it cannot be asked, the next tick will do."""

from pathlib import Path
from threading import Event, Semaphore
from urllib.parse import urlsplit

import pytest
from prefect import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

from config.settings import Settings
from flows.notify import notify
from tasks.processes.wake_notify import wake_notify, wake_soon
from tests.support.ports import free_port
from tests.support.prefect_login import AUTH, LOGIN, to_prefect


def _at(prefect_api: str, home: Path) -> Settings:
    (home / "prefect.login").write_text(LOGIN)
    return Settings.given(home=home, prefect_port=urlsplit(prefect_api).port)


async def test_a_run_of_notify_is_asked_for_at_once(tmp_path: Path, prefect_api: str) -> None:
    settings = _at(prefect_api, tmp_path)
    async with get_client() as client:
        flow_id = await client.create_flow(notify)
        deployment = await client.create_deployment(flow_id=flow_id, name="notify")
        try:
            assert wake_notify(settings)
            ours = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
            (run,) = await client.read_flow_runs(deployment_filter=ours)
            assert run.state_name == "Scheduled"
        finally:
            await client.delete_deployment(deployment)


def test_without_the_deployment_nobody_is_woken_and_nothing_breaks(tmp_path: Path, prefect_api: str) -> None:
    response = to_prefect.get(f"{prefect_api}/deployments/name/notify/notify", auth=AUTH)
    if response.is_success:
        to_prefect.delete(f"{prefect_api}/deployments/{response.json()['id']}", auth=AUTH).raise_for_status()
    assert not wake_notify(_at(prefect_api, tmp_path))


def test_without_a_server_nobody_is_woken_and_nothing_breaks(tmp_path: Path) -> None:
    assert not wake_notify(Settings.given(home=tmp_path, prefect_port=free_port()))


def test_those_who_come_while_a_run_is_asked_for_share_the_next_and_a_fault_ends_no_waking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "prefect.login").write_text(LOGIN)
    settings = Settings.given(home=tmp_path, prefect_port=free_port())
    begun, go_on, asked = Event(), Semaphore(0), Semaphore(0)

    def ask(_settings: Settings) -> bool:
        asked.release()
        begun.set()
        assert go_on.acquire(timeout=120)
        raise RuntimeError

    monkeypatch.setattr("tasks.processes.wake_notify.wake_notify", ask)
    wake_soon(settings)
    assert begun.wait(120)
    for _ in range(9):
        wake_soon(settings)
    go_on.release(2)
    assert asked.acquire(timeout=120)
    assert asked.acquire(timeout=120)
    wake_soon(settings)
    go_on.release()
    assert asked.acquire(timeout=120)
    assert not asked.acquire(blocking=False)
