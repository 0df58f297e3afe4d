"""End runs whose process is gone: Prefect would show them as running for ever, and they would keep their places."""

from collections.abc import Collection

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed

FIRST_RUN = "daymark-first-run"
"""The tag of the runs that `daymark up` starts itself, which have no deployment and so no work pool."""

_UNDER_WAY = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
)
_WORKER = "prefect.worker.name"
"""The label by which Prefect says who took a run."""
_PAGE = 200


async def crash_abandoned(client: PrefectClient, pools: Collection[str], *, worker: str = "") -> int:
    """Mark every run of ours that is under way as crashed, and count them; others' runs are left alone.

    Use it before anything of ours runs flows; where there are several workers, before that called `worker`, for the
    runs that it had alone. Two that it had not begun would keep all flows waiting. Nothing is lost: the next run does
    the rest.
    """
    runs = await under_way(client, pools)
    its_own = [run for run in runs if run.labels.get(_WORKER) == worker]
    ended = its_own if worker else [*runs, *await _first_runs(client)]
    for run in ended:
        await client.set_flow_run_state(run.id, Crashed(message="Daymark was stopped while this ran."), force=True)
    return len(ended)


async def under_way(client: PrefectClient, pools: Collection[str]) -> list[FlowRun]:
    """List the runs of these work pools that are under way."""
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=_UNDER_WAY),
        work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=list(pools))),
        sort=FlowRunSort.ID_DESC,
        limit=_PAGE,
    )


async def _first_runs(client: PrefectClient) -> list[FlowRun]:
    ours = FlowRunFilter(state=_UNDER_WAY, tags=FlowRunFilterTags(all_=[FIRST_RUN]))
    return await client.read_flow_runs(flow_run_filter=ours, sort=FlowRunSort.ID_DESC, limit=_PAGE)
