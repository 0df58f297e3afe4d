"""`daymark picture`: the council's timeline as a picture, or its values as a table. Nothing is stored or sent."""

import json as json_text
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.council import CouncilOption, chosen
from config.rendering.picture_png import png
from config.rendering.picture_svg import svg
from config.settings import settings
from tasks import clock
from tasks.council.picture import picture_contents
from timeline.calendar.wording import iso_date
from timeline.picture.audience import Audience
from timeline.picture.contents import Contents, Span
from timeline.picture.layout import lay_out
from timeline.picture.paper import PAPERS, Paper
from timeline.picture.table import TableRow, table
from timeline.rules import RuleError, read_date

Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.svg|png", help="The file to write: its ending says which kind.")
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day; without it, last month's.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day; without it, a year's.")]
On = Annotated[str, typer.Option("--paper", metavar="|".join(PAPERS), help="The paper that it is laid out for.")]
For = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="team|board",
        help="Its readers: the programme team, or a board, which sees nothing under embargo.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the values as JSON, one object a line.")]

_FORMATS = (".svg", ".png")
_READERS = {"team": Audience.PROGRAMME_TEAM, "board": Audience.BOARD}
_LONGEST = timedelta(days=3660)


def register(app: typer.Typer) -> None:
    """Add `daymark picture` to the application."""
    app.command("picture")(picture)


def picture(
    out: Out = None,
    from_: From = None,
    to: To = None,
    paper: On = "page",
    for_: For = "team",
    json: Json = False,
    council: CouncilOption = None,
) -> None:
    """Draw the timeline: duties down, time across, each date with its colour, its letter and its reason."""
    chosen_paper, audience = _named("--paper", paper, PAPERS), _named("--for", for_, _READERS)
    if out is None and not json:
        raise typer.BadParameter("expected --out FILE.svg or FILE.png, or --json.")
    if out and out.suffix.lower() not in _FORMATS:
        raise typer.BadParameter(f"--out is “{out.name}”, expected a name that ends in .svg or .png.")
    store = chosen(council)
    shown = picture_contents(store, settings(), audience, at=clock.now())
    span = _span(from_, to, chosen_paper, shown.on)
    if json:
        for row in table(shown, span):
            typer.echo(json_text.dumps(_object(row), ensure_ascii=False))
    if out:
        _write(out, shown, chosen_paper, span)


def _named(option: str, given: str, known: dict[str, Any]) -> Any:
    if given not in known:
        raise typer.BadParameter(f"{option} is “{given}”, expected {', '.join(known)}.")
    return known[given]


def _write(out: Path, shown: Contents, paper: Paper, span: Span) -> None:
    laid_out = lay_out(shown, paper, span)
    content = png(laid_out) if out.suffix.lower() == ".png" else svg(laid_out).encode()
    out.write_bytes(content)
    typer.echo(f"{out}: {shown.headline}.", err=True)


def _span(from_: str | None, to: str | None, paper: Paper, on: date) -> Span:
    """Give the days asked for; a missing end is as far away as the paper shows by itself."""
    usual = paper.span(on)
    try:
        from_on = read_date(from_) if from_ else usual.from_on
        to_on = read_date(to) if to else from_on + (usual.to_on - usual.from_on)
    except RuleError as fault:
        raise typer.BadParameter(str(fault)) from None
    except OverflowError:
        raise typer.BadParameter(f"--from {from_} is too late for a picture.") from None
    if to_on < from_on:
        raise typer.BadParameter(f"--to {to_on} is before --from {from_on}; expected the last day to show.")
    if to_on - from_on > _LONGEST:
        raise typer.BadParameter(f"{from_on} to {to_on} is too long for a picture: expected ten years at most.")
    return Span(from_on, to_on)


def _object(row: TableRow) -> dict[str, Any]:
    """Give the JSON object of a row: `on` to `until_on` is a window while `window` is true."""
    return {
        "group": row.group,
        "duty": row.duty,
        "ref": row.ref,
        "title": row.title,
        "law": row.is_law,
        "on": iso_date(row.on),
        "until_on": iso_date(row.until_on),
        "window": row.is_window,
        "was_on": iso_date(row.was_on),
        "state": row.state,
        "why": row.why,
    }
