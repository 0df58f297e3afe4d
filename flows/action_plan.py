"""Chase the action plan: the written statement of proposed action to Ofsted and the Secretary of State."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="action-plan", flow_run_name=run_name)
async def action_plan() -> State:
    """Remind and escalate until the action plan has been submitted, published and answered."""
    return await keep("action-plan")
