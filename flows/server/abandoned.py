"""End runs whose process is gone: Prefect would show them as running for ever."""

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed

_UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_PAGE = 200


async def crash_abandoned(client: PrefectClient) -> int:
    """Mark every run that is under way as crashed, and count them.

    Use it only for a server of our own, before anything runs flows. Nothing is lost: the next run does the rest.
    """
    flow_runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY))),
        sort=FlowRunSort.ID_DESC,
        limit=_PAGE,
    )
    for run in flow_runs:
        await client.set_flow_run_state(run.id, Crashed(message="Daymark was stopped while this ran."), force=True)
    return len(flow_runs)
