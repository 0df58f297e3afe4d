"""Start a morning's flow again that has not completed: a killed worker or a stuck run must not cost the morning."""

from collections.abc import Collection, Iterable
from datetime import datetime

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort

from flows.server.deployments import deployments_in
from timeline.assurance.late_mornings import Attempt, to_run_again
from timeline.calendar.london import london_date, start_of_day

_PAGE = 200
_MAY_YET = {StateType.RUNNING, StateType.PENDING, StateType.SCHEDULED, StateType.PAUSED}


async def run_late_mornings(
    client: PrefectClient, pools: Collection[str], flows: Iterable[str], *, now: datetime
) -> tuple[str, ...]:
    """Ask for a run of each of `flows` that has not completed today though it should have; give their names."""
    ours = {deployment.name: deployment for deployment in await deployments_in(client, pools) if not deployment.paused}
    wanted = [name for name in flows if name in ours]
    attempts = {name: [_attempt(run) for run in await _today(client, ours[name], now)] for name in wanted}
    late = to_run_again(wanted, attempts, at=now)
    for name in late:
        await client.create_flow_run_from_deployment(ours[name].id)
    return late


async def _today(client: PrefectClient, deployment: DeploymentResponse, now: datetime) -> list[FlowRun]:
    """List the runs of a deployment whose time came today."""
    midnight = start_of_day(london_date(now))
    return await client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        flow_run_filter=FlowRunFilter(expected_start_time=FlowRunFilterExpectedStartTime(after_=midnight, before_=now)),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=_PAGE,
    )


def _attempt(run: FlowRun) -> Attempt:
    at = run.expected_start_time or run.created
    if at is None:
        raise ValueError(f"The run {run.name} has no time.")
    return Attempt(at, run.state_type == StateType.COMPLETED, run.state_type in _MAY_YET)
