"""`daymark record FACT DATE [END]`: a date recorded by command, shown first."""

from typing import Annotated

import typer

from cli.check import Json
from cli.council import CouncilOption, NotUsable, chosen
from cli.recording import a_day, carry_out, since
from models.store import RevisionKind
from tasks import clock
from timeline.facts import Fact

Name = Annotated[str, typer.Argument(metavar="FACT", help="Such as report_received.")]
On = Annotated[str, typer.Argument(metavar="DATE", help="The day, or the first of several.")]
End = Annotated[str | None, typer.Argument(metavar="[END]", help="The last of several days.")]
For = Annotated[str | None, typer.Option("--for", metavar="OCCURRENCE", help="Such as monitoring-visit/1.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who records it.")]
Source = Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it stands.")]
Known = Annotated[str | None, typer.Option("--known", metavar="DATE", help="Since when it is known (now).")]
Called = Annotated[str, typer.Option("--called", metavar="NAME", help="Its own name, such as that of a holiday.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without, only what would change is shown.")]


def register(app: typer.Typer) -> None:
    """Adds `daymark record` to the application."""
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
    """Records a date, which outlives an apply. Without --yes it shows what would move and changes nothing.

    Exit code 0; 1 when something would change; 2 when it cannot be recorded.
    """
    if not by.strip() or not source.strip():
        raise NotUsable("A fact says who recorded it and where it stands: --by and --source must not be empty.")
    fact = Fact(
        name=name,
        on=a_day(on, "DATE"),
        until=a_day(end, "END") if end else None,
        known_at=since(known, clock.now()),
        who=by,
        source=source,
        occurrence=for_,
        called=called,
    )
    carry_out(chosen(council), fact, kind=RevisionKind.RECORD, yes=yes, json=json, who=by)
