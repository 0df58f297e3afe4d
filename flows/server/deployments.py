"""Make a Prefect server hold exactly the deployments of prefect.yaml.

`prefect deploy` adds and changes but never removes: a deployment or a schedule that left the file would run for ever.
"""

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import yaml
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateName,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort

from config.settings import settings
from flows.server.work_pool import keep_work_pool

_PAGE = 200

MAILBOX = "needs-mailbox"
"""The tag of a deployment that has nothing to do where no mailbox is read: there it has no schedule."""


class DeployFailed(Exception):
    """Report a file that Prefect refused, with a sentence that holds Prefect's own words."""


@dataclass(frozen=True)
class Wanted:
    """Hold the contents of a prefect.yaml: the work pools, and the slugs of the schedules of each deployment."""

    pools: frozenset[str]
    schedules: Mapping[str, frozenset[str]]


def wanted(folder: Path) -> Wanted:
    """Read `prefect.yaml` in `folder`, for this machine: without the schedules that would have nothing to do here.

    Without a mailbox `replies` ran 276 times a day for nothing, three quarters of what Prefect kept.
    """
    entries: list[dict[str, Any]] = yaml.safe_load((folder / "prefect.yaml").read_text())["deployments"]
    return Wanted(
        pools=frozenset(entry["work_pool"]["name"] for entry in entries),
        schedules={
            entry["name"]: frozenset(schedule["slug"] for schedule in entry.get("schedules", []) if _has_work(entry))
            for entry in entries
        },
    )


def _has_work(entry: Mapping[str, Any]) -> bool:
    return MAILBOX not in entry.get("tags", ()) or bool(settings().imap_host)


async def bring_up_to_date(client: PrefectClient, folder: Path, *, environment: Mapping[str, str]) -> None:
    """Make the server hold exactly the deployments and schedules of the file in `folder`.

    Only deployments in the file's work pools are removed. A schedule that an administrator paused stays paused; a
    schedule made by hand is removed. `environment` names the server, for the `prefect` command. Raises DeployFailed.
    """
    file = wanted(folder)
    for pool in file.pools:
        await keep_work_pool(client, pool)
    await _refuse_to_replace(client, file)
    await _remove_schedules_made_by_hand(client, file)
    await _deploy(folder, environment)
    await _prune(client, file)


async def _refuse_to_replace(client: PrefectClient, file: Wanted) -> None:
    """Raise DeployFailed when a deployment of somebody else bears the name of ours: deploying would replace it."""
    names = list(file.schedules)
    alike = await client.read_deployments(
        flow_filter=FlowFilter(name=FlowFilterName(any_=names)),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=names)),
    )
    others = sorted(deployment.name for deployment in alike if deployment.work_pool_name not in file.pools)
    if others:
        raise DeployFailed(
            f"Another work pool of this Prefect server has a deployment named {', '.join(others)}: "
            "expected a server of Daymark's own, or other names there."
        )


async def _remove_schedules_made_by_hand(client: PrefectClient, wanted: Wanted) -> None:
    """Remove schedules without a slug. Beside one of them Prefect makes all others anew: what was paused would run."""
    for deployment in await deployments_in(client, wanted.pools):
        for schedule in deployment.schedules:
            if not schedule.slug:
                await client.delete_deployment_schedule(deployment.id, schedule.id)


async def _deploy(folder: Path, environment: Mapping[str, str]) -> None:
    # Not in a thread: whoever ends us while we start would have to wait for it.
    done = await anyio.run_process(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=folder,
        env=dict(environment),
        check=False,
    )
    if done.returncode:
        said = " ".join((done.stdout + done.stderr).decode(errors="replace").split())
        raise DeployFailed(f"{folder / 'prefect.yaml'} could not be deployed: {said[-500:]}")


async def _prune(client: PrefectClient, wanted: Wanted) -> None:
    for deployment in await deployments_in(client, wanted.pools):
        if deployment.name not in wanted.schedules:
            await client.delete_deployment(deployment.id)
            continue
        for schedule in deployment.schedules:
            if schedule.slug not in wanted.schedules[deployment.name]:
                await client.delete_deployment_schedule(deployment.id, schedule.id)


async def unscheduled(client: PrefectClient, ours: Iterable[DeploymentResponse]) -> list[str]:
    """List the names of those deployments that have an active schedule and no scheduled run, sorted.

    It is empty when all is well. With a wrong SQLAlchemy, Prefect's scheduler creates no run at all, and only its log
    says so.
    """
    names = []
    for deployment in ours:
        active = not deployment.paused and any(schedule.active for schedule in deployment.schedules)
        if active and not await _has_a_run_waiting(client, deployment):
            names.append(deployment.name)
    return sorted(names)


async def _has_a_run_waiting(client: PrefectClient, deployment: DeploymentResponse) -> bool:
    runs = await client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Scheduled"]))),
        sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC,
        limit=1,
    )
    return bool(runs)


async def deployments_in(client: PrefectClient, pools: Collection[str]) -> list[DeploymentResponse]:
    """List the deployments of these work pools; on a shared server others have theirs, perhaps of the same name."""
    ours = WorkPoolFilter(name=WorkPoolFilterName(any_=list(pools)))
    deployment_responses: list[DeploymentResponse] = []
    while page := await client.read_deployments(work_pool_filter=ours, limit=_PAGE, offset=len(deployment_responses)):
        deployment_responses += page
    return deployment_responses
