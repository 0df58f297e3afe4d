"""Show the commissioner's report to the Minister: it is hers and only shown; the evidence is ours."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="commissioner-report", flow_run_name=run_name)
async def commissioner_report() -> State:
    """Remind and escalate until the evidence for the commissioner is complete. Her report itself is never chased."""
    return await keep("commissioner-report")
