"""`daymark up`: run everything on a single machine, with a single command."""

import asyncio
import os
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.run.first_start import pages, prepare
from cli.run.keeping import Keeper, Part
from cli.run.lock import exclusive_use
from cli.run.parts import Pages, PartEnded, Server, Worker, check_ports, prefect_server, while_all_live
from cli.run.prefect_care import (
    NotReady,
    before_a_worker,
    bring_to_life,
    look_for_stops,
    run_everything_once,
    take_care,
)
from cli.run.signals import stopped_by_signals
from config.settings import Settings, SettingsError, settings, using
from config.values import LOOPBACK, folder
from tasks import clock
from tasks.catcher.catcher import Catcher
from tasks.catcher.mailbox import kept_files
from tasks.catcher.replies import CaughtReplies
from tasks.council.half_restored import refuse_half_restored
from tasks.council.quiet import Quiets
from tasks.processes.prefect_server import PrefectServer, ServerNotReady
from tasks.processes.speaking import speaking_to
from tasks.receiving.lmtp import Receiver
from tasks.sending.dispatch import unusable
from tasks.sending.recover import take_over

Timeline = Annotated[
    Path | None, typer.Argument(metavar="FILE|FOLDER", help="A council's timeline (YAML), or a folder of councils.")
]
_NOT_OURS = (
    "DAYMARK_PREFECT_URL names a Prefect that others run, and daymark up starts one of its own: leave it out, or start "
    "the parts one by one (docs/operations.md)."
)


def register(app: typer.Typer) -> None:
    """Add `daymark up` to the application."""
    app.command("up")(up)


def up(timeline: Timeline = None) -> None:
    """Start Prefect, the officers' pages and, unless a mail server is named, the mail catcher.

    An empty store takes the timeline given, or each council of a folder, in place of DAYMARK_TIMELINE.

    Print their addresses and stay until Ctrl-C. A part that ends or hangs is started again, and told. Exit code 0 when
    it was stopped, 1 when a part could not be made ready, 2 when a port is taken, a channel cannot be used, or
    it runs already.
    """
    chosen = settings() if timeline is None else settings().model_copy(update={"timeline": folder(timeline)})
    if wrong := list(unusable(chosen.ways().values())):
        raise SettingsError("\n".join(wrong))
    if chosen.prefect_url:
        raise SettingsError(_NOT_OURS)
    with stopped_by_signals(), exclusive_use(chosen.home):
        refuse_half_restored(chosen.home)
        check_ports(chosen)
        try:
            with using(chosen):
                _run(chosen)
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
        except (ServerNotReady, PartEnded, NotReady) as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(1) from None


def _run(settings: Settings) -> None:
    if ignored := sorted(name for name in os.environ if name.startswith("PREFECT_")):
        _say(f"Not used: {', '.join(ignored)}. Daymark starts a Prefect of its own (see docs/prefect.md).")
    server = prefect_server(settings)
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
            running.enter_context(Catcher(settings.caught_mail, LOOPBACK, settings.smtp_port, replies=replies))
        if settings.lmtp_port:
            running.enter_context(Receiver(settings))
        _say(prepare(settings))
        parts.append(_serve_pages(running, settings))
        server.wait_until_healthy()
        _say("Deploying …")
        take_over(settings, at=clock.now())
        asyncio.run(while_all_live(parts, bring_to_life(settings)))
        asyncio.run(look_for_stops(settings))
        for sentence in Quiets(settings).sentences(at=clock.now()):
            typer.echo(sentence)
        typer.echo(addresses(settings, server))
        # Before a worker: a run at its hour and a run for an earlier instant would take back what the other planned.
        _say("The first reminders go out now: every flow runs once, and then at its hours …")
        asyncio.run(while_all_live(parts, run_everything_once(settings, _say)))
        clear = partial(before_a_worker, settings)
        parts.append(running.enter_context(Worker(settings.logs / "worker.log", server, clear)))
        if settings.catches_mail:
            _say(f"Mails caught so far: {len(kept_files(settings.caught_mail))}.")
        Keeper(parts, settings.logs, _say, lambda: asyncio.run(take_care(settings))).go_on()


def _serve_pages(running: ExitStack, settings: Settings) -> Pages:
    served = Pages(pages(settings), host=settings.bind, port=settings.port)
    served.start()
    running.callback(served.stop)
    return served


def addresses(settings: Settings, server: PrefectServer) -> str:
    """List the addresses to look at, each on a line of its own."""
    lines = ["Daymark is running. Ctrl-C stops it.", f"  Prefect          {server.url}"]
    lines.append(f"  Officers' pages  {settings.base_url}")
    lines.append(f"  Caught mail      {settings.base_url}/mail" if settings.catches_mail else "  Mail leaves for real.")
    return "\n".join([*lines, f"  Prefect's login  {_login(settings)}"])


def _login(settings: Settings) -> str:
    """Give the login to a person at a terminal; a log, which others read and which is kept, hears where it lies."""
    return settings.prefect_login() if sys.stdout.isatty() else f"the line in {settings.prefect_login_file}"


def _say(text: str) -> None:
    if text:
        typer.echo(text, err=True)
