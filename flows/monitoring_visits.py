"""Follow Ofsted's quarterly monitoring visits: windows until confirmed, two days on site, the letter."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="monitoring-visits", flow_run_name=run_name)
async def monitoring_visits() -> State:
    """Remind and escalate round each monitoring visit, from agreeing its days to the actions from its letter."""
    return await keep("monitoring-visit")
