"""`daymark rehearse FILE`: show each prompt of a period: to whom, when, by which channel. Nothing is sent or stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.change.check import load_checked
from cli.run.chart import FORMATS, draw
from cli.run.events import as_json, as_line
from timeline.calendar.wording import count
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.behaviour import Behaviour, supposed
from timeline.forecast.mail_load import SUPPOSED, in_words, overloads
from timeline.forecast.rehearsal import Rehearsed, rehearse
from timeline.rules import RuleError, read_date

File = Annotated[Path, typer.Argument(metavar="FILE", help="A council's timeline (YAML).")]
From = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")]
To = Annotated[str, typer.Option("--to", metavar="DATE", help="The last day.")]
Responses = Annotated[
    str,
    typer.Option(
        metavar="never|always|SEED",
        help="How officers answer. Never: no one answers. Always: everybody acknowledges at once, and is done the "
        "working day before the date; a submission stays open until then. A number: as people do, by chance.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line for each prompt.")]
Chart = Annotated[
    Path | None, typer.Option(metavar="FILE.svg|png", help="Draw the mails of each post and week, with the bounds.")
]


def register(app: typer.Typer) -> None:
    """Add `daymark rehearse` to the application."""
    app.command("rehearse")(run)


def run(
    file: File, from_: From, to: To, responses: Responses = "never", json: Json = False, chart: Chart = None
) -> None:
    """Work a period through on paper with the flows' own decisions: who would get what, when and why."""
    if chart and chart.suffix not in FORMATS:
        raise typer.BadParameter(f"--chart is “{chart.name}”, expected a name that ends in .svg or .png.")
    timeline, _ = load_checked(file)
    from_on, to_on = span(from_, to)
    # The rehearsed council goes live on the first day; a shadow would only hide the recipient of each prompt.
    live = replace(timeline, council=replace(timeline.council, live_from=from_on, shadow_until=None))
    try:
        rehearsed = tuple(rehearse(live, from_on=from_on, to_on=to_on, responses=behaviour(responses)))
    except BeyondCalendar as fault:
        raise typer.BadParameter(str(fault)) from None
    if chart:
        draw(chart, rehearsed, live, from_on=from_on, to_on=to_on)
    _print_json(rehearsed, live) if json else _print_text(rehearsed, live, behaviour(responses))


def span(from_: str, to: str) -> tuple[date, date]:
    """Return both days of a period. Raise typer.BadParameter, which says what is wrong with them."""
    try:
        from_on, to_on = read_date(from_), read_date(to)
    except RuleError as fault:
        raise typer.BadParameter(str(fault)) from None
    if to_on < from_on:
        raise typer.BadParameter(f"--to {to} is before --from {from_}; expected the last day of the period.")
    return from_on, to_on


def behaviour(text: str) -> Behaviour:
    if text in ("never", "always"):
        return "never" if text == "never" else "always"
    if not text.isdecimal():
        raise typer.BadParameter(f"--responses is “{text}”, expected never, always, or a number as seed.")
    return int(text)


def _print_json(rehearsed: Sequence[Rehearsed], timeline: CouncilTimeline) -> None:
    for entry in rehearsed:
        typer.echo(as_json(entry.prompt, entry.milestone, timeline.directory, at=entry.at, message=entry.message))


def _print_text(rehearsed: Sequence[Rehearsed], timeline: CouncilTimeline, responses: Behaviour) -> None:
    for entry in rehearsed:
        typer.echo(as_line(entry.prompt, entry.milestone, timeline.directory, at=entry.at))
    mails = len({entry.message for entry in rehearsed})
    typer.echo(f"{count(len(rehearsed), 'prompt')} in {count(mails, 'mail')}.", err=True)
    above = tuple(in_words(overloads(rehearsed, timeline), timeline, responses=responses))
    for _, sentence in above:
        typer.echo(sentence, err=True)
    if above and responses != SUPPOSED:
        typer.echo(f"daymark check counts a year of mails {supposed(SUPPOSED)}: --responses {SUPPOSED}.", err=True)
