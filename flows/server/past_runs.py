"""Clear away scheduled runs whose time went by while no worker was there to take them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort

_PAGE = 200


async def clear_past_runs(client: PrefectClient, pools: Collection[str], *, now: datetime) -> int:
    """Delete all but the newest past run of each deployment, and count them.

    A worker would carry them all out, the oldest first: after two weeks the first duty waited six minutes. One run does
    the work of all that were missed, so the newest stays. A run that a person asked for always stays.
    """
    missed = needless(await _past(client, pools, now))
    for id_ in missed:
        await client.delete_flow_run(id_)
    return len(missed)


def needless(past: Iterable[FlowRun]) -> tuple[UUID, ...]:
    """Choose from runs whose time went by those that another run makes needless."""
    by_deployment = defaultdict(list)
    for run in past:
        if run.auto_scheduled and run.next_scheduled_start_time:
            by_deployment[run.deployment_id].append((run.next_scheduled_start_time, run.id))
    return tuple(id_ for runs in by_deployment.values() for _, id_ in sorted(runs)[:-1])


async def _past(client: PrefectClient, pools: Collection[str], now: datetime) -> list[FlowRun]:
    past: list[FlowRun] = []
    while page := await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=now),
        ),
        work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=list(pools))),
        sort=FlowRunSort.ID_DESC,
        limit=_PAGE,
        offset=len(past),
    ):
        past += page
    return past
