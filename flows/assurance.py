"""Prove each working day that everything was said that should have been, or say what was not."""

from pathlib import Path
from uuid import UUID

import httpx
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import deployment, flow_run

from config.settings import settings
from flows.councils import Round, each_council
from flows.duty import begin, run_name
from flows.server.watching import standing_still
from models.store import Store
from tasks import clock
from tasks.assurance import assure as assuring
from tasks.assurance.ask_links import ask_links
from tasks.assurance.heartbeat import send_heartbeat
from tasks.council.each import where_possible
from tasks.council.quiet import quiet
from tasks.prefect_tasks import artifacts, overviews
from tasks.prefect_tasks.steps import SHOWS, step
from tasks.processes.project_root import DEPLOYED
from tasks.processes.restarts import restarts_since
from timeline.assurance import AssuranceRun, look_before
from timeline.calendar.schedules import STATUTORY
from timeline.calendar.wording import count

assure = step("assure", assuring.assure)
publish = step("publish", artifacts.publish_assurance, **SHOWS)
publish_overview = step("publish the overview", overviews.publish_overview, **SHOWS)


@flow(name="assurance", flow_run_name=run_name)
async def assurance() -> State:
    """Compare what should have been said since the last time with the ledger, and tell what is missing.

    It also tests the channels, looks ahead, and tells the programme lead what needs attention.
    """
    at = begin()
    machine = await _machine()
    reds = []

    async def prove(store: Store) -> str:
        run = assure(store, settings(), at=at, machine=machine)
        reds.append(run.is_red)
        # Prefect keeps what it is told, so it is told no typed name.
        first = quiet(store, settings(), at=at).without_names
        await publish(store.definitions.timeline(settings().working_hours), run, first)
        await publish_overview(store, settings(), at=at)
        return " ".join([*first, sentence(run)])

    proved = await each_council(prove)
    red = any(reds) or bool(machine or proved.failed)
    heartbeat = send_heartbeat(settings(), good=not red, proof=_proof())

    async def ask(store: Store) -> str:
        return await ask_links(store, settings(), at=at)

    # Last: machines elsewhere may be slow, and say nothing about what was sent.
    asked = await each_council(ask) if settings().ask_links else Round()
    return proved.state(heartbeat, *asked.failed, *filter(None, asked.said), red=red)


def _proof() -> str:
    """Name the end of each council's audit chain: kept elsewhere, it proves later that nothing was changed."""
    ends = where_possible(settings(), lambda store: (store.council, *store.audit.chain_end()))
    return "\n".join(f"{council}: {events} events, last hash {head}" for council, events, head in ends)


async def _machine(folder: Path = DEPLOYED) -> tuple[str, ...]:
    """Say what stands still in Prefect; a run by hand, perhaps on another server, does not ask."""
    if not deployment.id:
        return ()
    try:
        async with get_client() as client:
            now = clock.now()
            still = await standing_still(client, folder, now=now, mornings=STATUTORY, but=UUID(flow_run.id))
            return (*still, *restarts_since(settings().logs, look_before(now)))
    except httpx.HTTPError as trouble:
        # The ledger must be judged even when Prefect does not answer.
        return (f"Prefect could not be asked what stands still ({type(trouble).__name__}).",)


def sentence(run: AssuranceRun) -> str:
    """Sum up an assurance in a sentence or a few."""
    more = [f"{count(run.said_again, 'reminder')} written once more." if run.said_again else ""]
    more += [f"{channel_seen.name}: {channel_seen.told}" for channel_seen in run.dead_channels]
    more += [f"{count(len(run.unowned), 'warning')} ahead." if run.unowned else ""]
    return " ".join(filter(None, [run.figures.sentence.capitalize(), *more, *run.altered, *run.machine, *run.notes]))
