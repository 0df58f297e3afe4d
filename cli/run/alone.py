"""`daymark web`, `worker`, `deploy`, `lmtp` and `catcher`: the parts of `daymark up`, each by itself.

On several machines the council's own supervisor keeps them running (docs/operations.md).
"""

import asyncio
import os
import signal
import socket
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import Annotated

import typer
from starlette.types import ASGIApp

from cli.council import NotUsable
from cli.run.first_start import pages
from cli.run.keeping import Keeper
from cli.run.parts import Pages, Worker, prefect_address
from cli.run.prefect_care import NotReady, before_a_worker, take_care
from cli.run.prefect_care import deploy as deploy_all
from cli.run.signals import stopped_by_signals
from config.settings import settings
from config.values import LOOPBACK
from tasks import clock
from tasks.catcher.catcher import Catcher
from tasks.catcher.replies import CaughtReplies
from tasks.council.choices import offer
from tasks.processes.listening import listening
from tasks.processes.prefect_server import AT_ONCE
from tasks.processes.speaking import speaking_to
from tasks.receiving.lmtp import Receiver

Workers = Annotated[int, typer.Option("--workers", metavar="N", min=1, max=32, help="How many processes serve.")]
Name = Annotated[str, typer.Option("--name", help="Its name in Prefect, another for each; else that of this machine.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many runs it carries out at once.")]

# Started beside the servers, it waits for the first of them, whose start takes a minute on a slow machine.
_PATIENCE_SECONDS = 180.0


def register(app: typer.Typer) -> None:
    """Add the parts to the application."""
    for part in (web, worker, deploy, lmtp, catcher):
        app.command(part.__name__)(part)


def web(workers: Workers = 1) -> None:
    """Serve the pages on DAYMARK_BIND and DAYMARK_PORT until it is stopped.

    Several processes share the port; one that ends is started again. Exit code 2 when the port is taken.
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    given = settings()
    os.environ.update(given.for_children())
    config = Pages("cli.run.alone:application", host=given.bind, port=given.port).config()
    config.factory, config.workers = True, workers
    listens = [listening(given.bind, given.port)]
    # uvicorn ends without a word: it must be seen later whether it was asked to.
    with stopped_by_signals(), suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, listens).run()
        else:
            uvicorn.Server(config).run(sockets=listens)
    typer.echo("Stopped.", err=True)


def application() -> ASGIApp:
    """Build the pages, in each process that serves them."""
    return pages(settings())


def worker(name: Name = "", limit: Limit = AT_ONCE + 1) -> None:
    """Carry out the flows of Prefect's work pool until it is stopped; any number of workers share them.

    DAYMARK_PREFECT_URL says which Prefect. A message leaves once, however many workers there are. Every five minutes it
    ends runs that hang, and starts a morning's flow again that has not completed, whoever's run that was. Exit code 1
    when Prefect could not be asked at the start.
    """
    given = settings()
    called = name or f"daymark-{socket.gethostname()}"
    os.environ.update(given.for_children())
    address, log = prefect_address(given), given.logs / f"worker-{called}.log"
    with stopped_by_signals(), speaking_to(address):
        try:
            part = Worker(log, address, partial(before_a_worker, given, worker=called), called=called, limit=limit)
            with part:
                typer.echo(f"The worker {called} runs flows for {address.url}; see {log}.", err=True)
                Keeper([part], given.logs, _say, lambda: asyncio.run(take_care(given))).go_on()
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
        except NotReady as fault:
            typer.echo(f"{fault}", err=True)
            raise typer.Exit(1) from None


def _say(text: str) -> None:
    typer.echo(text, err=True)


def deploy() -> None:
    """Make Prefect hold just the work pool, deployments, schedules and automations of this version, once.

    Twice changes nothing. A schedule that an administrator paused stays paused. Exit code 1 when Prefect refused, or
    was not there.
    """
    address = prefect_address(settings())
    if not address.answers(within=_PATIENCE_SECONDS):
        typer.echo(f"No Prefect answers at {address.url}: start it, or look at DAYMARK_PREFECT_URL.", err=True)
        raise typer.Exit(1)
    with speaking_to(address):
        try:
            asyncio.run(deploy_all(settings()))
            offer(settings(), at=clock.now())
        except NotReady as fault:
            typer.echo(f"{fault}", err=True)
            raise typer.Exit(1) from None
    typer.echo("Prefect holds the deployments of this version.")


def lmtp() -> None:
    """Take mails from the council's mail server on DAYMARK_LMTP_BIND and DAYMARK_LMTP_PORT until it is stopped."""
    given = settings()
    if not given.lmtp_port:
        raise NotUsable("DAYMARK_LMTP_PORT is 0: expected the port that the council's mail server delivers to.")
    _until_stopped(Receiver(given), f"Taking mails on {given.lmtp_bind} port {given.lmtp_port}.")


def catcher() -> None:
    """Keep every mail in place of a mail server, and take replies to it, until it is stopped."""
    given = settings()
    if not given.catches_mail:
        raise NotUsable("DAYMARK_MAIL_URL names a mail server: the catcher would get no mail.")
    part = Catcher(given.caught_mail, LOOPBACK, given.smtp_port, replies=CaughtReplies(given))
    _until_stopped(part, f"Catching mail on {LOOPBACK} port {given.smtp_port}.")


def _until_stopped(part: AbstractContextManager[object], told: str) -> None:
    with stopped_by_signals():
        try:
            with part:
                typer.echo(told, err=True)
                signal.pause()
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
