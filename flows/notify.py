"""Send the prompts that wait in the ledger."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from flows.duty import NOT_APPLIED, begin, run_name
from tasks.council.ledger import stores
from tasks.prefect_tasks import steps
from tasks.sending.deliver import summary


@flow(name="notify", flow_run_name=run_name)
async def notify() -> State:
    """Send every message that may leave now: each prompt once, grouped by person, in working hours."""
    at = begin()
    said = []
    for store in stores():
        timeline = store.definitions.timeline(settings().working_hours)
        sent = steps.deliver(store, settings(), at=at)
        await steps.publish_sent(timeline, sent, at=at)
        said.append(summary(sent))
    return Completed(message=" ".join(said) or NOT_APPLIED)
