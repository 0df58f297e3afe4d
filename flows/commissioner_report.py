"""The commissioner's report to the Minister: hers, and shown; ours is the evidence."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="commissioner-report", flow_run_name=run_name)
async def commissioner_report(at: datetime | None = None) -> State:
    """Reminds and escalates until the evidence for the commissioner is complete. Her report itself is never chased.

    Args:
        at: the instant to work for; left empty, now.

    """
    return await keep("commissioner-report", at)
