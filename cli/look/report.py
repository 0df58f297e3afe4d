"""Write a report (`daymark report`) in Word or as PDF, from what was known on a day; release it; send nothing."""

from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from tasks import clock
from tasks.reports.make import Asked, NoReport, make
from tasks.reports.printed import FORMATS, printed
from tasks.reports.release import release
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.reports.kinds import KINDS
from timeline.rules import RuleError, read_date

Kind = Annotated[str, typer.Argument(metavar="KIND", help=f"The report: {', '.join(KINDS)}.")]
AsAt = Annotated[
    str | None, typer.Option("--as-at", metavar="DATE", help="The day: it tells what was known then; else today.")
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE.docx|pdf", help="The file to write: its ending says which.")]
Area = Annotated[
    str, typer.Option("--area", metavar="KEY", help="The area for improvement: for the inspector's trail.")
]
For = Annotated[
    str, typer.Option("--for", metavar="POST", help="training_lead: the copy of “training” that names who missed two.")
]
Released = Annotated[
    bool, typer.Option("--release", help="Release just these contents: they are no draft from now on.")
]
By = Annotated[str, typer.Option("--by", metavar="ADDRESS", help="With --release: the person who releases it.")]


def register(app: typer.Typer) -> None:
    """Add `daymark report` to the application."""
    app.command("report")(report)


def report(
    kind: Kind,
    out: Out,
    as_at: AsAt = None,
    area: Area = "",
    for_: For = "",
    release_: Released = False,
    by: By = "",
    council: CouncilOption = None,
) -> None:
    """Write a report in Word or as PDF, from what was known on a day: by post, a draft until it is released.

    Exit code 0; 2 when it cannot be made or released, and nothing was written.
    """
    if out.suffix.lower() not in FORMATS:
        raise typer.BadParameter(f"--out is “{out.name}”, expected a name that ends in .docx or .pdf.")
    if release_ is not bool(by):
        raise typer.BadParameter("expected --release and --by ADDRESS together.")
    if release_ and not out.parent.is_dir():
        # What is released must reach its file.
        raise typer.BadParameter(f"--out is “{out}”, expected a folder that is there.")
    at = clock.now()
    try:
        on = read_date(as_at) if as_at else london_date(at)
        asked, store = Asked(kind=kind, as_at=on, area=area, reader=for_), chosen(council)
        made = release(store, settings(), asked, by=by, at=at) if release_ else make(store, settings(), asked, at=at)
        content = printed(made, out.suffix.lower())
    except (NoReport, RuleError) as fault:
        raise NotUsable(str(fault)) from None
    out.write_bytes(content)
    typer.echo(f"{out}: {kind}, as known on {long_date(on)}, {made.status}.", err=True)
