"""Follow the monthly PLO panel."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="plo-panels", flow_run_name=run_name)
async def plo_panels() -> State:
    """Remind and escalate round each PLO panel: list of cases, papers, minutes, actions."""
    return await keep("plo-panel")
