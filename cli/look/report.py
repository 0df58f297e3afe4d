"""Write a report (`daymark report`) in Word or as PDF, from what was known on a day; store and send nothing."""

from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from tasks import clock
from tasks.reports.make import NoReport, make
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS
from timeline.rules import RuleError, read_date

Kind = Annotated[str, typer.Argument(metavar="KIND", help=f"The report: {', '.join(KINDS)}.")]
AsAt = Annotated[
    str | None, typer.Option("--as-at", metavar="DATE", help="The day: it tells what was known then; else today.")
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE.docx|pdf", help="The file to write: its ending says which.")]

_FORMATS = (".docx", ".pdf")


def register(app: typer.Typer) -> None:
    """Add `daymark report` to the application."""
    app.command("report")(report)


def report(kind: Kind, out: Out, as_at: AsAt = None, council: CouncilOption = None) -> None:
    """Write a report in Word or as PDF, from what was known on a day: a draft, by post, with what is missing.

    Exit code 0; 2 when it cannot be made, and nothing was written.
    """
    if out.suffix.lower() not in _FORMATS:
        raise typer.BadParameter(f"--out is “{out.name}”, expected a name that ends in .docx or .pdf.")
    at = clock.now()
    try:
        on = read_date(as_at) if as_at else london_date(at)
        made = make(chosen(council), settings(), kind, as_at=on, at=at)
    except (NoReport, RuleError) as fault:
        raise NotUsable(str(fault)) from None
    out.write_bytes(_printed(made, out.suffix.lower()))
    typer.echo(f"{out}: {kind}, as known on {long_date(on)}, {made.status.lower()}.", err=True)


def _printed(made: Report, suffix: str) -> bytes:
    # Each is heavy to import: only the chosen one is.
    if suffix == ".docx":
        from config.rendering.report_word import word

        return word(made)
    from config.rendering.report_pdf import pdf

    return pdf(made)
