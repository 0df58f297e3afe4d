"""Send the prompts that wait in the ledger."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from typing import ParamSpec, TypeVar

from prefect import flow
from prefect.client.schemas.objects import State

from config.channels import chats
from config.houses.own import of_council
from config.settings import SettingsError, settings
from flows.councils import side_by_side
from flows.duty import begin, run_name
from models.store import Store
from tasks.prefect_tasks.artifacts import publish_sent
from tasks.prefect_tasks.events import tell_events
from tasks.prefect_tasks.steps import SHOWS, step
from tasks.sending import deliver as delivering

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


deliver = step("deliver", delivering.deliver)
publish = step("publish", publish_sent, **SHOWS)


@flow(name="notify", flow_run_name=run_name)
async def notify() -> State:
    """Send every message that may leave now: each prompt once, grouped by person, in working hours."""
    at = begin()

    async def send(store: Store) -> str:
        timeline = store.definitions.timeline(settings().working_hours)
        sent = await in_a_thread(deliver, store, settings(), at=at)
        _keep_cards_true(store, at=at)
        # Most of the sixty runs of a day send nothing: a step for each would be a third of what Prefect keeps of them.
        if sent.messages:
            await publish(timeline, sent, at=at)
        return delivering.summary(sent)

    done = await side_by_side(send, mail_server)
    tell_events(settings())
    return done.state()


def _keep_cards_true(store: Store, *, at: datetime) -> None:
    """Edit the cards of the bot, where there is one: what it speaks by takes a fifth of a second to import."""
    if chats(settings().ways().values()):
        from tasks.links.chats_kept_true import keep_cards_true

        keep_cards_true(store, settings(), at=at)


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
