"""Examine the Prefect server: that it answers, is ours, has what prefect.yaml says, and that a worker reports."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse

from flows.server.deployments import deployments_in, unscheduled, wanted
from flows.server.switched_off import switched_off
from tasks.processes.prefect_address import PrefectAddress
from timeline.doctor.diagnosis import Diagnosis, Trouble, examined

_START = "Start daymark up again, or the part that is missing (docs/operations.md)."
_PATIENCE_SECONDS = 3.0
_HOLD_A_SLOT = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


async def examine_prefect(server: PrefectAddress, folder: Path) -> tuple[Diagnosis, ...]:
    """Give the state of the server, and where it answers to us that of its pool, worker and schedules.

    Enter `speaking_to(server)` before. `folder` holds prefect.yaml.
    """
    faults = tuple(_server(server))
    prefect = examined("Prefect", faults, seen=f"{server.url} answers, version {version('prefect')}")
    if faults:
        return (prefect,)
    async with get_client() as client:
        deployments = await deployments_in(client, wanted(folder).pools)
        return (
            prefect,
            examined("worker", _worker(server, folder), seen="it reports"),
            examined("schedules", await _schedules(client, folder, deployments), seen=_planned(deployments)),
            examined("leases", await _leases(client, deployments), seen="no slot is held by a run that has ended"),
        )


def _server(server: PrefectAddress) -> Iterator[Trouble]:
    if not server.answers(within=_PATIENCE_SECONDS):
        yield Trouble(f"{server.url} does not answer: no flow runs, and no reminder leaves.", _START)
        return
    with server.client(patience=_PATIENCE_SECONDS) as prefect:
        answer = prefect.get("/admin/version")
    if answer.status_code in (401, 403):
        fault = f"{server.url} refuses the login: it is another Prefect than this home's."
        yield Trouble(fault, "Stop that one, or look at DAYMARK_PREFECT_PORT and DAYMARK_PREFECT_URL.")
    elif not answer.is_success or (runs := answer.json()) != version("prefect"):
        shown = runs if answer.is_success else f"with {answer.status_code}"
        yield Trouble(f"{server.url} answers {shown}; expected Prefect {version('prefect')}.", _START)


def _worker(server: PrefectAddress, folder: Path) -> Iterator[Trouble]:
    for pool in sorted(wanted(folder).pools):
        if server.hears_of(pool) is not True:
            fault = f"No worker of the work pool {pool} has reported for a minute and a half: no flow runs."
            yield Trouble(fault, _START)


async def _schedules(client: PrefectClient, folder: Path, ours: list[DeploymentResponse]) -> list[Trouble]:
    off = [Trouble(sentence, "Switch it on again in Prefect.") for sentence in await switched_off(client, folder)]
    waiting = await unscheduled(client, ours)
    if not waiting:
        return off
    fault = f"Prefect schedules no run of {', '.join(waiting)}."
    return [*off, Trouble(fault, "Look for its scheduler in logs/prefect-server.log, and start daymark up again.")]


def _planned(deployments: list[DeploymentResponse]) -> str:
    scheduled = [each for each in deployments if any(schedule.active for schedule in each.schedules)]
    return f"{len(scheduled)} of {len(deployments)} deployments have a schedule, and coming runs"


async def _leases(client: PrefectClient, deployments: list[DeploymentResponse]) -> list[Trouble]:
    """Tell which deployment holds a slot of its limit while none of its runs is under way: its next would wait."""
    return [
        Trouble(f"{each.name} holds a slot that none of its runs uses: its next run is cancelled.", _START)
        for each in deployments
        if _slots(each) > await _under_way(client, each)
    ]


def _slots(deployment: DeploymentResponse) -> int:
    limit: Any = deployment.global_concurrency_limit
    return limit.active_slots if limit else 0


async def _under_way(client: PrefectClient, deployment: DeploymentResponse) -> int:
    return await client.count_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_HOLD_A_SLOT))),
    )
