"""Watch Prefect: work pools and deployments that are switched off or missing, and runs that hang or did not start."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterId,
    FlowRunFilter,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.states import Crashed

from flows.server.abandoned import under_way
from flows.server.deployments import deployments_in, unscheduled, wanted
from flows.server.switched_off import deployments_off, paused_pool
from timeline.assurance import morning_before
from timeline.calendar.london import LONDON, in_london
from timeline.calendar.wording import long_date

# A run sends for at most eight minutes.
LONGEST_RUN = timedelta(minutes=30)
# Its process takes seconds to begin. Until it does, the run keeps its deployment's only place.
LONGEST_PENDING = timedelta(minutes=5)


async def standing_still(
    client: PrefectClient, folder: Path, *, now: datetime, mornings: Iterable[str] = (), but: UUID | None = None
) -> tuple[str, ...]:
    """Say in sentences what stands still in Prefect, compared with prefect.yaml in `folder`.

    `mornings` are the deployments that must have completed today. Runs that hang are marked Crashed, except our own run
    `but`.
    """
    file = wanted(folder)
    asked = file.schedules
    ours = await deployments_in(client, file.pools)
    by_name = {deployment.name: deployment for deployment in ours}
    told = [sentence for pool in sorted(file.pools) for sentence in await paused_pool(client, pool)]
    told += deployments_off(asked, ours)
    told += [f"No run of {name} is scheduled." for name in await unscheduled(client, ours) if name in asked]
    told += [line for name in mornings if name in by_name and (line := await _not_run(client, by_name[name], now))]
    return (*told, *await give_up_hanging(client, file.pools, now=now, but=but))


async def _not_run(client: PrefectClient, deployment: DeploymentResponse, now: datetime) -> str:
    """Say when a morning's flow has not completed since the last weekday began, however its runs were started."""
    morning = morning_before(now)
    midnight = morning.replace(hour=0, minute=0)
    runs = await client.read_flow_runs(
        flow_filter=FlowFilter(id=FlowFilterId(any_=[deployment.flow_id])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.COMPLETED])),
            start_time=FlowRunFilterStartTime(after_=midnight),
        ),
        limit=1,
    )
    return "" if runs else f"{deployment.name} has not completed since {long_date(morning.date())}, 00:00."


async def give_up_hanging(
    client: PrefectClient, pools: Collection[str], *, now: datetime, but: UUID | None = None
) -> list[str]:
    """Mark runs of ours that hang as Crashed, except the run `but`, and say which."""
    runs = await under_way(client, pools)
    hanging = [flow_run for flow_run in runs if flow_run.id != but and now - _since(flow_run) > _patience(flow_run)]
    for run in hanging:
        await client.set_flow_run_state(run.id, Crashed(message="It did not end, and was given up."), force=True)
    return [
        f"The run “{flow_run.name}” hung since {in_london(_since(flow_run)):%H:%M} and was given up."
        for flow_run in hanging
    ]


def _patience(run: FlowRun) -> timedelta:
    return LONGEST_PENDING if run.state_type == StateType.PENDING else LONGEST_RUN


def _since(run: FlowRun) -> datetime:
    """Give the instant at which a run entered its present state."""
    return run.state.timestamp if run.state else run.created or datetime.max.replace(tzinfo=LONDON)
