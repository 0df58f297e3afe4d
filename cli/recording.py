"""What `record` and `move` share: dates as typed, and a fact previewed or recorded."""

from datetime import date, datetime, time

import typer

from cli.changes import print_changes
from cli.council import NotUsable
from config.settings import settings
from models.store import RevisionKind, Store
from tasks import changing, clock
from timeline.calendar import LONDON
from timeline.facts import Fact
from timeline.wording import long_date


def a_day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUsable(f"{what}: “{text}” is no date; expected a day such as 2019-11-28.") from None


def since(text: str | None, at: datetime) -> datetime:
    """The instant since which it is known: now, or from the beginning of a day in London, or as given."""
    if text is None:
        return at
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NotUsable(f"--known: “{text}” is no date; expected 2020-03-17 or 2020-03-17T09:00.") from None
    if len(text) == len("2020-03-17"):
        found = datetime.combine(found.date(), time(), LONDON)
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def carry_out(store: Store, fact: Fact, *, kind: RevisionKind, yes: bool, json: bool, who: str) -> None:
    """Records the fact, or without `yes` shows what it would change; raises typer.Exit."""
    at, given = clock.now(), settings()
    timeline = store.timeline(given.working_hours)
    changing.refuse(fact, timeline, [one.ref for one in store.occurrences()])
    if changing.is_known(fact, timeline):
        typer.echo("This is recorded already: nothing changes.", err=json)
        raise typer.Exit(0)
    found = changing.fact_changes(store, fact, given, at=at)
    if fact.known_at > at:
        known = fact.known_at.astimezone(LONDON)
        typer.echo(f"Nothing changes before {long_date(known.date())} {known:%H:%M}: it is known from then.", err=json)
    if not yes:
        print_changes(found, json=json)
        typer.echo("Nothing was changed: say --yes to record it.", err=True)
        raise typer.Exit(1 if found else 0)
    changing.record(store, fact, given, at=at, who=who, kind=kind)
    print_changes(found, json=json)
    typer.echo("Recorded.", err=json)
