"""Follow the monthly Practice Manager training session."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="practice-manager-training", flow_run_name=run_name)
async def practice_manager_training() -> State:
    """Remind and escalate round each session: theme, room, reading, attendance, impact."""
    return await keep("practice-manager-training")
