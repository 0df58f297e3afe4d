"""Send the prompts that wait in the ledger."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

from prefect import flow
from prefect.client.schemas.objects import State

from config.houses.own import of_council
from config.settings import SettingsError, settings
from flows.councils import side_by_side
from flows.duty import begin, run_name
from models.store import Store
from tasks.links.chats_kept_true import keep_cards_true
from tasks.prefect_tasks import steps
from tasks.prefect_tasks.events import tell_events
from tasks.sending.deliver import summary

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@flow(name="notify", flow_run_name=run_name)
async def notify() -> State:
    """Send every message that may leave now: each prompt once, grouped by person, in working hours."""
    at = begin()

    async def send(store: Store) -> str:
        timeline = store.definitions.timeline(settings().working_hours)
        sent = await in_a_thread(steps.deliver, store, settings(), at=at)
        keep_cards_true(store, settings(), at=at)
        # Most of the sixty runs of a day send nothing: a step for each would be a third of what Prefect keeps of them.
        if sent.messages:
            await steps.publish_sent(timeline, sent, at=at)
        return summary(sent)

    done = await side_by_side(send, mail_server)
    tell_events(settings())
    return done.state()


def mail_server(store: Store) -> str:
    """Name the line in which a council's mails leave: councils of a server wait for each other, for no other."""
    try:
        return of_council(settings(), store.council).mail_url
    except SettingsError:
        return settings().mail_url


async def in_a_thread(act: Callable[Parameters, Result], *given: Parameters.args, **named: Parameters.kwargs) -> Result:
    """Do in a thread of its own what waits for other machines: the mails of other councils leave meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        here = copy_context()
        return await asyncio.wrap_future(pool.submit(lambda: here.run(act, *given, **named)))
