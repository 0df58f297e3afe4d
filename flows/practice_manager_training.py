"""The monthly Practice Manager training session."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import keep, run_name


@flow(name="practice-manager-training", flow_run_name=run_name)
async def practice_manager_training(at: datetime | None = None) -> State:
    """Remind and escalate round each session: theme, room, reading, attendance, impact.

    Args:
        at: the instant to work for; left empty, now.

    """
    return await keep("practice-manager-training", at)
