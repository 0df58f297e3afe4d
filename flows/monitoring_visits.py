"""Ofsted's quarterly monitoring visits: windows until confirmed, two days on site, the letter."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="monitoring-visits", flow_run_name=run_name)
async def monitoring_visits(at: datetime | None = None) -> State:
    """Remind and escalate round each monitoring visit, from agreeing its days to the actions from its letter.

    Args:
        at: the instant to work for; left empty, now.

    """
    return await keep("monitoring-visit", at)
