"""Name runs as people look for them: what comes with its day, and what another run did as skipped."""

from collections.abc import Collection
from datetime import datetime, timedelta

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled

from flows.server.deployments import deployments_in
from flows.server.runs import runs_like
from timeline.calendar.london import in_london
from timeline.calendar.schedules import MONTHLY, WEEKDAYS
from timeline.window.run_names import run_name

_NAMED = WEEKDAYS.keys() | MONTHLY.keys()
# `daymark up` looks every five minutes.
_LATELY = timedelta(hours=1)
SKIPPED = "Skipped"


async def name_coming_runs(client: PrefectClient, pools: Collection[str]) -> int:
    """Name the scheduled runs of the morning's flows by what they are and their day; count those that were renamed.

    The sixty daily runs of `notify` keep the names that Prefect gave them: to name them would cost as much as to run.
    """
    flows = {each.id: each.name for each in await deployments_in(client, pools) if each.name in _NAMED}
    renamed = 0
    scheduled = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])))
    for run in await runs_like(client, pools, scheduled):
        flow, at = flows.get(run.deployment_id) if run.deployment_id else None, run.next_scheduled_start_time
        wanted = run_name(flow, in_london(at)) if flow and at else run.name
        if wanted != run.name:
            await client.update_flow_run(run.id, name=wanted)
            renamed += 1
    return renamed


async def name_skipped_runs(client: PrefectClient, pools: Collection[str], *, now: datetime) -> int:
    """Say of a run for which there was no place that another run did its work; count them.

    Prefect calls it cancelled for a limit, which looks like a fault. It stays cancelled: the morning's watch must not
    take it for a run that completed.
    """
    lately_cancelled = FlowRunFilter(
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Cancelled"])),
        expected_start_time=FlowRunFilterExpectedStartTime(after_=now - _LATELY),
    )
    skipped = [run for run in await runs_like(client, pools, lately_cancelled) if _had_no_place(run)]
    for run in skipped:
        told: State[None] = Cancelled(
            name=SKIPPED, message="Another run of this flow was under way, and did this one's work."
        )
        await client.set_flow_run_state(run.id, told, force=True)
    return len(skipped)


def _had_no_place(run: FlowRun) -> bool:
    return bool(run.state and run.state.message and "concurrency limit" in run.state.message)
