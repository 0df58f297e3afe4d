"""Read the runs of our work pools from Prefect, page by page."""

from collections.abc import Collection

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, WorkPoolFilter, WorkPoolFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort

_PAGE = 200


async def runs_like(client: PrefectClient, pools: Collection[str], like: FlowRunFilter) -> list[FlowRun]:
    """Read every run of these pools that the filter lets through, the newest first."""
    runs: list[FlowRun] = []
    while page := await client.read_flow_runs(
        flow_run_filter=like,
        work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=list(pools))),
        sort=FlowRunSort.ID_DESC,
        limit=_PAGE,
        offset=len(runs),
    ):
        runs += page
    return runs
