"""`daymark up`: run everything on a single machine, with a single command."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import typer

from cli.run.first_start import first_run, pages, prepare
from cli.run.lock import exclusive_use
from cli.run.parts import Pages, Part, PartEnded, Server, Worker, check, check_ports, while_all_live
from config.settings import ROOT, Settings, SettingsError, settings
from tasks import clock
from tasks.assurance.page import silent_token
from tasks.catcher.catcher import Catcher
from tasks.catcher.replies import CaughtReplies
from tasks.council.quiet import Quiets
from tasks.processes.prefect_server import PrefectServer, ServerNotReady, speaking_to
from tasks.receiving.lmtp import Receiver
from tasks.sending.dispatch import unusable

_SCHEDULED_WITHIN_SECONDS = 60


def register(app: typer.Typer) -> None:
    """Add `daymark up` to the application."""
    app.command("up")(up)


def up() -> None:
    """Start Prefect, the officers' pages and, unless a mail server is named, the mail catcher.

    Print their addresses and stay until Ctrl-C. Exit code 0 when it was stopped, 1 when a part ended or could
    not be made ready, 2 when a port is taken, a channel cannot be used, or it runs already.
    """
    chosen = settings()
    if wrong := list(unusable(chosen.ways().values())):
        raise SettingsError("\n".join(wrong))
    with _stopped_by_signals(), exclusive_use(chosen.home):
        check_ports(chosen)
        try:
            _run(chosen)
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
        except (ServerNotReady, PartEnded, NotReady) as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(1) from None


class NotReady(Exception):
    """Prefect could not be brought to the state of prefect.yaml; the sentence says why."""


def _run(settings: Settings) -> None:
    server = PrefectServer(
        settings.prefect_home, port=settings.prefect_port, host=settings.bind, log=settings.logs / "prefect-server.log"
    )
    parts: list[Part] = [Server(server, settings.logs / "prefect-server.log")]
    # The last part entered ends first: the worker records its runs with the server until the end.
    with ExitStack() as running:
        _say("Starting Prefect …")
        server.start()
        running.callback(server.stop)
        os.environ.update(settings.for_children())
        running.enter_context(speaking_to(server))
        if settings.catches_mail:
            replies = CaughtReplies(settings)
            running.enter_context(Catcher(settings.caught_mail, settings.bind, settings.smtp_port, replies=replies))
        if settings.lmtp_port:
            running.enter_context(Receiver(settings))
        _say(prepare(settings))
        parts.append(_serve_pages(running, settings))
        server.wait_until_healthy()
        _say("Deploying, and running every flow once …")
        asyncio.run(while_all_live(parts, _bring_to_life(server, settings)))
        worker = running.enter_context(Worker(settings.logs / "worker.log", server.client_environment))
        parts.append(worker)
        asyncio.run(while_all_live(parts, _wait_until_scheduled(settings)))
        for sentence in Quiets(settings).sentences(at=clock.now()):
            typer.echo(sentence)
        typer.echo(addresses(settings, server))
        _watch(parts)


def _serve_pages(running: ExitStack, settings: Settings) -> Pages:
    served = Pages(pages(settings), host=settings.bind, port=settings.port)
    served.start()
    running.callback(served.stop)
    return served


async def _bring_to_life(server: PrefectServer, settings: Settings) -> None:
    from prefect.client.orchestration import get_client

    from flows.server.abandoned import crash_abandoned
    from flows.server.deployments import DeployFailed, bring_up_to_date
    from flows.server.silence import watch_for_silence

    async with get_client() as client:
        await crash_abandoned(client)
        deploying = bring_up_to_date(client, ROOT, environment=server.client_environment)
        try:
            await asyncio.gather(deploying, first_run(clock.now()))
        except DeployFailed as fault:
            raise NotReady(str(fault)) from None
        await watch_for_silence(client, f"{settings.pages_url}/assurance/silent/{silent_token(settings)}")


async def _wait_until_scheduled(settings: Settings) -> None:
    from prefect.client.orchestration import get_client

    from flows.server.deployments import unscheduled

    until = time.monotonic() + _SCHEDULED_WITHIN_SECONDS
    async with get_client() as client:
        while names := await unscheduled(client):
            if time.monotonic() > until:
                log = settings.logs / "prefect-server.log"
                raise NotReady(f"Prefect schedules no run of {', '.join(names)}; see {log}.")
            await asyncio.sleep(0.5)


def addresses(settings: Settings, server: PrefectServer) -> str:
    """List the addresses to look at, each on a line of its own."""
    lines = ["Daymark is running. Ctrl-C stops it.", f"  Prefect          {server.url}"]
    lines.append(f"  Officers' pages  {settings.base_url}")
    lines.append(f"  Caught mail      {settings.base_url}/mail" if settings.catches_mail else "  Mail leaves for real.")
    return "\n".join(lines)


def _watch(parts: Sequence[Part]) -> None:
    while True:
        check(parts)
        time.sleep(0.5)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let a service's stop and a closed terminal end us in order, as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        # Only once: a second signal while we stop would leave children behind.
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {asked: signal.signal(asked, interrupt) for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


def _say(text: str) -> None:
    if text:
        typer.echo(text, err=True)
