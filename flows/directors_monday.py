"""The director's Monday mail. Runs each weekday, because the first working day of a week is not always a Monday."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from flows.duty import instant, run_name
from tasks import steps
from tasks.ledger import stores


@flow(name="directors-monday", flow_run_name=run_name)
async def directors_monday(at: datetime | None = None) -> State:
    """Writes the director's Monday mail on the first working day of the week; `notify` sends it.

    Args:
        at: the instant to work for; left empty, now.

    """
    at = instant(at)
    said = []
    for store in stores():
        situation = steps.gather_monday(store, settings(), at=at)
        decided = steps.decide_monday(store, situation, settings(), at=at)
        said.append(steps.write_monday(store, decided, settings(), at=at))
    return Completed(message=" ".join(said) or "No council's timeline has been applied yet.")
