"""Follow every duty that has no flow of its own: the rest of the rule pack, and what a council adds."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import OWN_FLOW, keep_all_but, run_name


@flow(name="other-duties", flow_run_name=run_name)
async def other_duties() -> State:
    """Remind and escalate round every other duty of the council: notices, boards, panels, reviews, reports."""
    return await keep_all_but(OWN_FLOW)
