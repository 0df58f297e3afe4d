"""Make a Prefect server hold exactly the deployments of prefect.yaml.

`prefect deploy` adds and changes but never removes: a deployment or a schedule that left the file would run for ever.
It is also a program of its own, which takes five seconds to start: we register through Prefect's classes as it does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
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
from prefect.client.schemas.objects import ConcurrencyLimitConfig, VersionInfo
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import DeploymentApplyError, RunnerDeployment
from prefect.exceptions import PrefectException
from prefect.runner.storage import LocalStorage

from config.houses.own import reads_mailboxes
from config.settings import settings
from flows.server.work_pool import keep_work_pool

_PAGE = 200

MAILBOX = "needs-mailbox"
"""The tag of a deployment that has nothing to do where no mailbox is read: there it has no schedule."""


class DeployFailed(Exception):
    """Report a file that Prefect refused, with a sentence that holds Prefect's own words."""


@dataclass(frozen=True)
class Wanted:
    """Hold the contents of a prefect.yaml: its deployments, their work pools, and the slugs of their schedules."""

    entries: tuple[Mapping[str, Any], ...]
    pull: Mapping[str, Any]
    pools: frozenset[str]
    schedules: Mapping[str, frozenset[str]]


def wanted(folder: Path) -> Wanted:
    """Read `prefect.yaml` in `folder`, for this machine: without the schedules that would have nothing to do here.

    Without a mailbox `replies` ran 276 times a day for nothing, three quarters of what Prefect kept.
    """
    file = yaml.safe_load((folder / "prefect.yaml").read_text())
    entries: list[dict[str, Any]] = file["deployments"]
    (pull,) = file["pull"]
    return Wanted(
        entries=tuple(entries),
        pull=pull,
        pools=frozenset(entry["work_pool"]["name"] for entry in entries),
        schedules={
            entry["name"]: frozenset(schedule["slug"] for schedule in entry.get("schedules", []) if _has_work(entry))
            for entry in entries
        },
    )


def _has_work(entry: Mapping[str, Any]) -> bool:
    return MAILBOX not in entry.get("tags", ()) or bool(settings().imap_host) or reads_mailboxes(settings())


async def bring_up_to_date(client: PrefectClient, folder: Path) -> None:
    """Make the server hold exactly the deployments and schedules of the file in `folder`.

    Only deployments in the file's work pools are removed. A schedule that an administrator paused stays paused; a
    schedule made by hand is removed. Raises DeployFailed.
    """
    file = wanted(folder)
    for pool in file.pools:
        await keep_work_pool(client, pool)
    await _refuse_to_replace(client, file)
    await _remove_schedules_made_by_hand(client, file)
    await _deploy(folder, file)
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
    """Remove schedules without a slug. Beside these Prefect makes all others anew: what was paused would run."""
    for deployment in await deployments_in(client, wanted.pools):
        for schedule in deployment.schedules:
            if not schedule.slug:
                await client.delete_deployment_schedule(deployment.id, schedule.id)


async def _deploy(folder: Path, file: Wanted) -> None:
    try:
        for entry in file.entries:
            await _register(folder, entry, _Root(folder, file.pull))
    except (PrefectException, DeploymentApplyError, httpx.HTTPError, ValueError) as trouble:
        said = " ".join(f"{entry['name']}: {trouble}".split())
        raise DeployFailed(f"{folder / 'prefect.yaml'} could not be deployed: {said[:500]}") from trouble


class _Root(LocalStorage):
    """Lead a run to the root as the file says, in place of naming the folder that it has on this machine."""

    def __init__(self, folder: Path, pull: Mapping[str, Any]) -> None:
        super().__init__(str(folder))
        self._pull = dict(pull)

    def to_pull_step(self) -> dict[str, Any]:
        return self._pull


async def _register(folder: Path, entry: Mapping[str, Any], root: LocalStorage) -> None:
    """Register a deployment as the file describes it; a limit that the file no longer names goes."""
    limit = entry.get("concurrency_limit")
    # A file lies in the folder, a module anywhere.
    is_file = ":" in entry["entrypoint"]
    deployment = RunnerDeployment.from_entrypoint(
        str(folder / entry["entrypoint"]) if is_file else entry["entrypoint"],
        entry["name"],
        description=entry.get("description"),
        tags=entry.get("tags"),
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
        work_pool_name=entry["work_pool"]["name"],
        work_queue_name=entry["work_pool"].get("work_queue_name"),
    )
    # A run enters the folder first.
    deployment.entrypoint, deployment.storage = entry["entrypoint"], root
    schedules = [_scheduled(**schedule) for schedule in entry.get("schedules", []) if _has_work(entry)]
    # Said, so that Prefect asks git nothing: the version is the digest of the flow's file.
    version = VersionInfo(type="prefect:simple", version=deployment.version or "")
    await deployment.aapply(schedules, version_info=version)


def _scheduled(*, slug: str, cron: str, timezone: str) -> dict[str, Any]:
    # Without `active`: what an administrator paused stays paused.
    return {"slug": slug, "schedule": CronSchedule(cron=cron, timezone=timezone)}


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
