"""`daymark preview FILE`: what applying a timeline would change against what is stored."""

import json as json_text
from itertools import chain

import typer

from cli.check import File, Json, load_checked
from cli.council import NotUsable, applied_on, store_for
from config.settings import settings
from tasks import clock
from timeline.day import horizon
from timeline.planning import plan
from timeline.preview import Change, changes, people_changes


def register(app: typer.Typer) -> None:
    """Adds `daymark preview` to the application."""
    app.command("preview")(preview)


def preview(file: File, json: Json = False) -> None:
    """Shows what applying a timeline would change, and who was already told an old date. Nothing is changed.

    Exit code 0 when nothing differs, 1 when something does, 2 when the file cannot be used.
    """
    at = clock.now()
    timeline, _ = load_checked(file)
    store = store_for(timeline.council.key)
    first_on = applied_on(store)
    if first_on is None:
        raise NotUsable(f"Nothing is stored for {timeline.council.name} yet: run daymark apply {file}.")
    timeline, _ = load_checked(file, on=first_on)
    live = timeline.going_live(on=first_on)
    stored = store.milestones()
    planned = [one for found in plan(live, at=at, until=horizon(live, at=at)) for one in found.milestones]
    said = store.said(frozenset(one.key for one in live.obligations))
    now = store.timeline(settings().working_hours)
    found = tuple(chain(changes(stored, planned, said), people_changes(now.directory, live.directory)))
    for one in found:
        typer.echo(_as_json(one) if json else _as_text(one))
    if not found and not json:
        typer.echo("Nothing would change.")
    raise typer.Exit(1 if found else 0)


def _as_json(one: Change) -> str:
    plain = {"change": one.change, "ref": one.ref, "from": one.from_ or None, "to": one.to or None}
    return json_text.dumps({**plain, "why": one.why, "told": list(one.told)}, ensure_ascii=False)


def _as_text(one: Change) -> str:
    told = f" Told the old date: {', '.join(one.told)}." if one.told else ""
    return f"{one.change:<8} {one.ref}: {one.from_ or '–'} → {one.to or '–'}. {one.why}{told}".rstrip()
