"""`daymark list`: the tasks that need somebody and those of the next six weeks, or those asked for."""

import json as json_text
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen, say_what_is_quiet
from config.rendering.task_csv import task_csv
from config.settings import settings
from tasks import clock
from tasks.steering.tasks import lines
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, short_date
from timeline.escalation.rag import Rag
from timeline.steering.explained import open_submissions
from timeline.steering.narrowing import Asked, heading, narrowed, shown_of
from timeline.steering.task_lines import Line

Json = Annotated[
    bool, typer.Option("--json", help="Print JSON, one object a line: every coming task, or those asked for.")
]
Csv = Annotated[bool, typer.Option("--csv", help="Print the same values as CSV, for a spreadsheet.")]
All = Annotated[bool, typer.Option("--all", help="Add what comes later, is done, or was due before going live.")]
Red = Annotated[bool, typer.Option("--red", help="Only what is red.")]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE|SPAN", help="Only what is due by then, such as 6weeks or 3months."),
]
Duty = Annotated[str | None, typer.Option("--duty", metavar="DUTY", help="Only this duty: its key, such as plo-panel.")]
Post = Annotated[
    str | None, typer.Option("--post", metavar="POST", help="Only the tasks of this post: its key or title.")
]
Mine = Annotated[
    str | None, typer.Option("--mine", metavar="ADDRESS", help="Only what waits for the person at this address.")
]

_COLOURS = {Rag.RED: "red", Rag.AMBER: "yellow", Rag.GREEN: "green", Rag.GREY: "bright_black"}
_COLOUR, _PIPED_WIDTH, _NARROWEST = 7, 160, 40


def register(app: typer.Typer) -> None:
    """Add `daymark list` to the application."""
    app.command("list")(list_)


def list_(
    all_: All = False,
    red: Red = False,
    until: Until = None,
    duty: Duty = None,
    post: Post = None,
    mine: Mine = None,
    json: Json = False,
    csv: Csv = False,
    council: CouncilOption = None,
) -> None:
    """List what needs somebody and what is due within six weeks, each with its colour and the reason."""
    store, at = chosen(council), clock.now()
    timeline = store.definitions.timeline(settings().working_hours)
    on = london_date(at)
    typed = Asked(
        duty=duty or "", post=post or "", rag=Rag.RED if red else "", until=until or "", mine=mine or "", all_=all_
    )
    asked = narrowed(timeline, typed, on=on)
    # Programs read standard output alone.
    say_what_is_quiet(store, err=json or csv)
    coming = [line for line in lines(store, settings(), at=at) if asked.lets_in(line)]
    if json:
        for line in coming:
            typer.echo(json_text.dumps(line.as_object(), ensure_ascii=False))
    if csv:
        typer.echo(task_csv(coming), nl=False)
    if not (json or csv):
        shown = shown_of(coming, asked, on)
        _print_text(heading(shown, asked, on), shown, left_out=len(coming) - len(shown))
        occurrences = {occurrence.ref: occurrence for occurrence in store.plan.occurrences()}
        _print_sign_off(tuple(open_submissions(occurrences, coming)))


def _print_text(said: str, shown: Sequence[Line], *, left_out: int) -> None:
    typer.secho(said, bold=True)
    for line in shown:
        _print_task(line)
    if left_out:
        typer.echo(f"\n{count(left_out, 'more task')} later or without a date: --until 6months or --all lists them.")


def _print_task(line: Line) -> None:
    """Print the colour as a word, and the reference whole in a line of its own, so that it can be copied."""
    rag, milestone = line.rated.rag, line.task.milestone
    due = short_date(milestone.due_on) if milestone.due_on else "no date yet"
    typer.echo()
    typer.secho(f"{rag.value.upper():<{_COLOUR}}", fg=_COLOURS[rag], bold=line.needs_somebody, nl=False)
    typer.echo(f"{due}  {milestone.title}")
    typer.echo(f"{'':{_COLOUR}}{milestone.ref}")
    for words in _wrapped(line):
        typer.echo(words)


def _wrapped(line: Line) -> Iterator[str]:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED_WIDTH
    indent = " " * _COLOUR
    yield from textwrap.wrap(
        f"{line.post_title}: {line.state}. {line.rated.why}",
        max(width, _NARROWEST),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _print_sign_off(counted: Sequence[str]) -> None:
    if counted:
        typer.echo()
        typer.secho("Sign-off", bold=True)
        for sentence in counted:
            typer.echo(f"  {sentence}")
