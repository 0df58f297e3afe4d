"""`daymark replay FILE`: live a period through the real flows, ledger and mail plugin on a moved clock."""

import asyncio
import os
import shutil
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.change.check import File, load_checked
from cli.run.lock import exclusive_use
from cli.run.parts import Part, PartEnded, Server, while_all_live
from cli.run.rehearse import From, Json, Responses, To, behaviour, span
from config.load import digest, programme_beside
from config.secret_key import kept_login
from config.settings import Settings, settings, using
from models.store import Store
from tasks import clock
from tasks.catcher.catcher import Catcher
from tasks.changes.apply import apply_timeline
from tasks.council.ledger import engine
from tasks.processes.prefect_server import NO_SERVICES, PrefectServer
from tasks.processes.speaking import speaking_to
from timeline.calendar.london import in_london, start_of_day
from timeline.calendar.wording import date_and_time
from timeline.definitions.council import CouncilTimeline

Fresh = Annotated[bool, typer.Option("--fresh", help="Forget an earlier replay of this timeline first.")]


def register(app: typer.Typer) -> None:
    """Add `daymark replay` to the application."""
    app.command("replay")(replay)


def replay(
    file: File, from_: From, to: To, responses: Responses = "never", fresh: Fresh = False, json: Json = False
) -> None:
    """Live a period through the real flows, ledger and mail plugin, into the built-in catcher only.

    Print each prompt that was sent. A second run goes on where the first one ended, or was killed, and sends nothing
    again.
    """
    timeline, _ = load_checked(file)
    from_on, to_on = span(from_, to)
    answering = behaviour(responses)
    home = settings().home / "replay" / file.stem
    with exclusive_use(home):
        if fresh:
            _forget(home)
        with _replay_settings(home) as (given, server), clock.replayed() as move_clock:
            move_clock(start_of_day(from_on))
            store = Store(engine(given.database_url), timeline.council.key)
            _apply(store, timeline, given, file, from_on)
            since = _goes_on_from(store, from_on)
            move_clock(since)
            store.outbox.release_claims(at=since)
            # Prefect reads where its server is when it is imported.
            from cli.run.replay_runner import live_again

            days = live_again(
                store, given, since=since, to_on=to_on, answering=answering, json=json, move_clock=move_clock
            )
            asyncio.run(_while_it_lives(server, days))


async def _while_it_lives(server: Part, days: Coroutine[object, object, None]) -> None:
    """Live the days, and end at once when the server ended or hangs.

    Prefect would try for two minutes to reach it, with every call of every flow, and as long in order to be cancelled.
    The days that were lived are kept: the next replay goes on from there.
    """
    try:
        await while_all_live([server], days)
    except PartEnded as fault:
        typer.echo(f"{fault} Start the replay again: it goes on from here.", err=True)
        os._exit(1)


def _forget(home: Path) -> None:
    for path in home.iterdir():
        if path.name != "up.lock":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def _replay_settings(home: Path) -> Iterator[tuple[Settings, Server]]:
    """Run a Prefect server and a mail catcher for this replay; yield the settings that lead to them, and the server."""
    log, login = home / "logs" / "prefect-server.log", kept_login(home / "prefect.login")
    server = PrefectServer(home / "prefect", login=login, services=NO_SERVICES, log=log)
    with server, speaking_to(server), Catcher(home / "caught-mail", "127.0.0.1", 0) as catcher:
        given = Settings.given(home=home, smtp_port=catcher.port, working_hours=settings().working_hours)
        # Nothing reads the logs of some five hundred runs in a row.
        from prefect.settings import (
            PREFECT_CLIENT_CSRF_SUPPORT_ENABLED,
            PREFECT_LOGGING_TO_API_ENABLED,
            temporary_settings,
        )

        # The server has no tokens against forgery; each run would ask it for a token all the same.
        unread = {PREFECT_LOGGING_TO_API_ENABLED: False, PREFECT_CLIENT_CSRF_SUPPORT_ENABLED: False}
        with using(given), temporary_settings(unread):
            yield given, Server(server, log)


def _apply(store: Store, timeline: CouncilTimeline, given: Settings, file: Path, from_on: date) -> None:
    """Go live on the first day, without a shadow: everything goes to the catcher anyway."""
    live = replace(timeline.council, live_from=from_on, shadow_until=None, shadow_by_default=False)
    at = start_of_day(from_on)
    if store.changes.is_empty():
        live_timeline = replace(timeline, council=live)
        apply_timeline(
            store,
            live_timeline,
            given,
            at=at,
            who="daymark replay",
            source=file.name,
            digest=digest(file),
            programme=programme_beside(file, timeline, on=from_on),
        )


def _goes_on_from(store: Store, from_on: date) -> datetime:
    """Give the instant at which the record of an earlier replay ends, and say so; without any the first day.

    Days that were lived already would see what became known after them, and tell people that it had changed.
    """
    began_at, newest_at = start_of_day(from_on), store.audit.newest_at()
    if newest_at is None or newest_at <= began_at:
        return began_at
    typer.echo(f"An earlier replay came to {date_and_time(newest_at)}: it goes on from there.", err=True)
    return in_london(newest_at)
