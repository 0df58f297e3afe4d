"""Bring the embedded Prefect to life, and take care of what it does while `daymark up` runs."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import httpx

from cli.run.first_start import first_run
from config.settings import Settings
from tasks import clock
from tasks.assurance.alarms import alarm_token
from tasks.assurance.page import silent_token
from tasks.council.choices import offer
from tasks.processes.prefect_stops import note_prefect_stops
from tasks.processes.project_root import DEPLOYED
from tasks.sending.recover import take_over
from timeline.calendar.schedules import STATUTORY
from timeline.window.alarms import Alarm

_SCHEDULED_WITHIN_SECONDS = 60
# A server that hangs must not keep us from seeing that it hangs.
_PATIENCE_SECONDS = 60


class NotReady(Exception):
    """Report that Prefect could not be brought to the state of prefect.yaml; the sentence says why."""


async def bring_to_life(settings: Settings) -> None:
    """Deploy, have Prefect watch over the assurance, and wait until it has scheduled every flow. Raises NotReady."""
    from prefect.client.orchestration import get_client

    from flows.server.abandoned import crash_abandoned
    from flows.server.deployments import wanted

    async with get_client() as client:
        await crash_abandoned(client, wanted(DEPLOYED).pools)
    await deploy(settings)
    await asyncio.to_thread(offer, settings, at=clock.now())
    await wait_until_scheduled(settings)


async def run_everything_once(settings: Settings, say: Callable[[str], None]) -> None:
    """Run every flow once, so that what is due is said now, and say which failed.

    That is no reason to stop: the same flow runs again at its hour.
    """
    for sentence in await first_run(clock.now()):
        say(sentence)
    # The first runs changed what forms may offer.
    await asyncio.to_thread(offer, settings, at=clock.now())


async def deploy(settings: Settings) -> None:
    """Make Prefect hold just the pool and deployments of prefect.yaml, and have it watch over them. Raises NotReady.

    A second time it changes nothing.
    """
    from prefect.client.orchestration import get_client

    from flows.server.alarms import keep_alarms
    from flows.server.deployments import DeployFailed, bring_up_to_date, deployments_in, wanted
    from flows.server.silence import watch_for_silence

    async with get_client() as client:
        try:
            await bring_up_to_date(client, DEPLOYED)
        except DeployFailed as fault:
            raise NotReady(str(fault)) from None
        deployments = await deployments_in(client, wanted(DEPLOYED).pools)
        (assurance,) = [deployment.id for deployment in deployments if deployment.name == "assurance"]
        url = f"{_pages(settings)}/assurance/silent/{silent_token(settings)}"
        await watch_for_silence(client, url, deployment=assurance)
        await keep_alarms(client, deployments, partial(_alarm_address, settings))


def _pages(settings: Settings) -> str:
    """Give the address at which Prefect reaches the pages: a Prefect elsewhere knows the public address only."""
    return settings.base_url if settings.prefect_url else settings.pages_url


def _alarm_address(settings: Settings, alarm: Alarm) -> str:
    return f"{_pages(settings)}/prefect/{alarm}/{alarm_token(settings, alarm)}"


async def wait_until_scheduled(settings: Settings) -> None:
    """Wait until every deployment with a schedule has a run waiting. Raises NotReady."""
    from prefect.client.orchestration import get_client

    from flows.server.deployments import deployments_in, unscheduled, wanted

    until = time.monotonic() + _SCHEDULED_WITHIN_SECONDS
    async with get_client() as client:
        while names := await unscheduled(client, await deployments_in(client, wanted(DEPLOYED).pools)):
            if time.monotonic() > until:
                log = settings.logs / "prefect-server.log"
                raise NotReady(f"Prefect schedules no run of {', '.join(names)}; see {log}.")
            await asyncio.sleep(0.5)


def before_a_worker(settings: Settings, *, worker: str = "") -> None:
    """Clear away what an earlier worker left: runs under way, runs of the past, and messages half sent.

    A `worker` of that name, beside others, leaves the runs of others as they are. Raises NotReady when
    Prefect cannot be asked: without it a worker could do nothing either.
    """
    try:
        asyncio.run(asyncio.wait_for(_clear(worker), _PATIENCE_SECONDS))
    except (httpx.HTTPError, TimeoutError) as trouble:
        raise NotReady(f"Prefect could not be asked which runs are left over ({type(trouble).__name__}).") from None
    take_over(settings, at=clock.now(), wake=True)


async def _clear(worker: str) -> None:
    from prefect.client.orchestration import get_client

    from flows.server.abandoned import crash_abandoned
    from flows.server.deployments import wanted
    from flows.server.past_runs import clear_past_runs

    pools = wanted(DEPLOYED).pools
    async with get_client() as client:
        await crash_abandoned(client, pools, worker=worker)
        await clear_past_runs(client, pools, now=clock.now())


async def take_care(settings: Settings) -> tuple[str, ...]:
    """End runs that hang, run a morning's flow again that has not completed, and look for what is switched off; say
    what was done and what is news.
    """
    return await asyncio.wait_for(_care(settings), _PATIENCE_SECONDS)


async def look_for_stops(settings: Settings) -> None:
    """Keep what is switched off in Prefect, for the pages, the commands and the start, which goes on without it."""
    from prefect.client.orchestration import get_client

    from flows.server.switched_off import switched_off

    with suppress(httpx.HTTPError):
        async with get_client() as client:
            note_prefect_stops(settings.home, await switched_off(client, DEPLOYED), at=clock.now())


async def _care(settings: Settings) -> tuple[str, ...]:
    from prefect.client.orchestration import get_client

    from flows.server.deployments import wanted
    from flows.server.morning import run_late_mornings
    from flows.server.naming import name_coming_runs, name_skipped_runs
    from flows.server.switched_off import switched_off
    from flows.server.watching import give_up_hanging

    pools, now = wanted(DEPLOYED).pools, clock.now()
    async with get_client() as client:
        hung = await give_up_hanging(client, pools, now=now)
        late = await run_late_mornings(client, pools, STATUTORY, now=now)
        news = note_prefect_stops(settings.home, await switched_off(client, DEPLOYED), at=now)
        await name_skipped_runs(client, pools, now=now)
        await name_coming_runs(client, pools)
        await asyncio.to_thread(offer, settings, at=now)
    return (*news, *hung, *(f"{name} had not completed this morning, and runs again." for name in late))
