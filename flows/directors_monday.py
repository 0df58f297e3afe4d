"""The director's Monday mail. Runs each weekday, because the first working day of a week is not always a Monday."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from flows.duty import NOT_APPLIED, begin, run_name
from tasks.council.ledger import stores
from tasks.prefect_tasks import steps


@flow(name="directors-monday", flow_run_name=run_name)
async def directors_monday() -> State:
    """Keep the drafts for the lead member, and write the director's Monday mail on the first working day of the week.

    `notify` sends that mail, and a draft once the director has released it.
    """
    at = begin()
    said = []
    for store in stores():
        steps.keep_drafts(store, settings(), at=at)
        situation = steps.gather_monday(store, settings(), at=at)
        decided = steps.decide_monday(store, situation, settings(), at=at)
        said.append(steps.write_monday(store, decided, settings(), at=at))
    return Completed(message=" ".join(said) or NOT_APPLIED)
