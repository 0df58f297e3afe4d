"""`daymark record FACT DATE [END]`: record a date by command; the changes are shown first."""

from datetime import date, datetime
from typing import Annotated

import typer

from cli.change.check import Json
from cli.change.print_changes import print_changes
from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from models.store import RevisionKind
from tasks import clock
from tasks.council.run import CouncilRun
from tasks.proposals.dates import RECORDED, recording
from timeline.calendar.london import LONDON, in_london, start_of_day
from timeline.calendar.wording import long_date
from timeline.definitions.facts import Fact
from timeline.rules import meant_date


def a_day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUsable(f"{what}: “{text}” is no date; expected a day such as 2019-11-28.{meant_date(text)}") from None


def since(text: str | None, at: datetime) -> datetime:
    """Return the instant since which the date is known: now, the start of a day in London, or the instant given.

    Raise NotUsable.
    """
    if text is None:
        return at
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise NotUsable(
            f"--known: “{text}” is no date; expected 2020-03-17 or 2020-03-17T09:00.{meant_date(text)}"
        ) from None
    if len(text) == len("2020-03-17"):
        instant = start_of_day(instant.date())
    return instant if instant.tzinfo else instant.replace(tzinfo=LONDON)


def carry_out(run: CouncilRun, fact: Fact, *, kind: RevisionKind, yes: bool, json: bool, who: str) -> None:
    """Record the fact, or without `yes` show the changes it would make. Raise typer.Exit."""
    proposal = recording(run, fact, kind=kind)
    if proposal.already:
        typer.echo(proposal.already, err=json)
        raise typer.Exit(0)
    for doubt in proposal.doubts:
        typer.echo(f"warning: {doubt}", err=True)
    if fact.known_at > run.at:
        known = in_london(fact.known_at)
        typer.echo(f"Nothing changes before {long_date(known.date())} {known:%H:%M}: it is known from then.", err=json)
    if not yes:
        print_changes(proposal.changes, json=json)
        typer.echo("Nothing was changed: say --yes to record it.", err=True)
        raise typer.Exit(1 if proposal.changes else 0)
    done = proposal.make(who, run.at)
    print_changes(proposal.changes, json=json)
    typer.echo(RECORDED if done.already else "Recorded.", err=json)


Name = Annotated[str, typer.Argument(metavar="FACT", help="Such as report_received.")]
On = Annotated[str, typer.Argument(metavar="DATE", help="The day, or the first of several.")]
End = Annotated[str | None, typer.Argument(metavar="[END]", help="The last of several days.")]
For = Annotated[str | None, typer.Option("--for", metavar="OCCURRENCE", help="Such as monitoring-visit/1.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that records it.")]
Source = Annotated[str, typer.Option("--source", metavar="TEXT", help="The document in which it stands.")]
Known = Annotated[str | None, typer.Option("--known", metavar="DATE", help="Since when it is known; without it, now.")]
Called = Annotated[str, typer.Option("--called", metavar="NAME", help="Its own name, such as that of a holiday.")]
Yes = Annotated[bool, typer.Option("--yes", help="Make the change; without it, only show it.")]


def register(app: typer.Typer) -> None:
    """Add `daymark record` to the application."""
    app.command("record")(record)


def record(
    name: Name,
    on: On,
    by: By,
    source: Source,
    end: End = None,
    for_: For = None,
    known: Known = None,
    called: Called = "",
    yes: Yes = False,
    json: Json = False,
    council: CouncilOption = None,
) -> None:
    """Record a date, which outlives an apply. Without --yes show the changes and make none.

    Exit code 0; 1 when something would change; 2 when it cannot be recorded.
    """
    if not by.strip() or not source.strip():
        raise NotUsable("A fact says who recorded it and where it stands: --by and --source must not be empty.")
    run = CouncilRun(chosen(council), settings(), clock.now())
    fact = Fact(
        name=name,
        on=a_day(on, "DATE"),
        until=a_day(end, "END") if end else None,
        known_at=since(known, run.at),
        who=by,
        source=source,
        occurrence=for_,
        called=called,
    )
    carry_out(run, fact, kind=RevisionKind.RECORD, yes=yes, json=json, who=by)
