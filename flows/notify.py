"""Send the prompts that wait in the ledger."""

from prefect import flow
from prefect.client.schemas.objects import State

from config.settings import settings
from flows.councils import each_council
from flows.duty import begin, run_name
from models.store import Store
from tasks.links.chats_kept_true import keep_cards_true
from tasks.prefect_tasks import steps
from tasks.prefect_tasks.events import tell_events
from tasks.sending.deliver import summary


@flow(name="notify", flow_run_name=run_name)
async def notify() -> State:
    """Send every message that may leave now: each prompt once, grouped by person, in working hours."""
    at = begin()

    async def send(store: Store) -> str:
        timeline = store.definitions.timeline(settings().working_hours)
        sent = steps.deliver(store, settings(), at=at)
        keep_cards_true(store, settings(), at=at)
        # Most of the sixty runs of a day send nothing: a step for each would be a third of what Prefect keeps of them.
        if sent.messages:
            await steps.publish_sent(timeline, sent, at=at)
        await tell_events(store, settings())
        return summary(sent)

    return (await each_council(send)).state()
