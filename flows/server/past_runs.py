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
)
from prefect.client.schemas.objects import FlowRun, StateType

from flows.server.runs import runs_like


async def clear_past_runs(client: PrefectClient, pools: Collection[str], *, now: datetime) -> int:
    """Delete all but the newest past run of each deployment, and count them.

    A worker would carry them all out, the oldest first: after two weeks the first duty waited six minutes. One run does
    the work of all that were missed, so the newest stays. A run that a person asked for always stays.
    """
    past = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=now),
    )
    missed = needless(await runs_like(client, pools, past))
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
