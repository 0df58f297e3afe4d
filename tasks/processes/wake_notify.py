"""Start `notify` at once, for an answer that asks for help; if Prefect cannot be reached, its next tick will do."""

from typing import TYPE_CHECKING

from config.settings import Settings
from tasks.processes.asking_prefect import ask_prefect

if TYPE_CHECKING:
    import httpx


def wake_notify(settings: Settings) -> bool:
    """Ask the embedded Prefect server for a run of `notify` now; False when it could not be asked."""
    return bool(ask_prefect(settings, _run_now))


def _run_now(prefect: "httpx.Client") -> bool:
    deployment = prefect.get("/deployments/name/notify/notify").raise_for_status().json()
    return prefect.post(f"/deployments/{deployment['id']}/create_flow_run", json={}).raise_for_status().is_success
