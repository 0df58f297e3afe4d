"""`daymark list`: the tasks that need somebody and those of the next six weeks, or those asked for."""

import csv as csv_text
import json as json_text
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from cli.council import CouncilOption, chosen, say_what_is_quiet
from cli.look.explain import open_submissions
from cli.look.narrowed import SIX_WEEKS, Narrowed, is_near, narrowed, needs_somebody
from cli.look.tasks import Line, lines
from config.settings import settings
from tasks import clock
from timeline.answers.responses import State
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, short_date
from timeline.escalation.rag import Rag

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
# Words for a state whose name alone is not clear to people.
_STATES = {State.UNCONFIRMED: "done, not confirmed"}
_KEYS = ("ref", "title", "class", "legal_on", "due_on", "state", "rag", "rag_why", "post", "owner")
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
    asked = narrowed(timeline, on=on, all_=all_, red=red, until=until, duty=duty, post=post, mine=mine)
    # Programs read standard output alone.
    say_what_is_quiet(store, err=json or csv)
    coming = [line for line in lines(store, at=at) if asked.lets_in(line)]
    if json:
        for line in coming:
            typer.echo(json_text.dumps(line.as_object(), ensure_ascii=False))
    if csv:
        _print_csv(coming)
    if not (json or csv):
        _print_text(coming, asked, on)
        _print_sign_off(tuple(open_submissions(store, coming)))


def _print_csv(coming: Sequence[Line]) -> None:
    printed = csv_text.DictWriter(sys.stdout, _KEYS, lineterminator="\n")
    printed.writeheader()
    printed.writerows({key: _cell(value) for key, value in line.as_object().items()} for line in coming)


def _cell(value: Any) -> Any:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _print_text(coming: Sequence[Line], asked: Narrowed, on: date) -> None:
    everything = asked.all_ or asked.until is not None
    shown = [line for line in coming if everything or is_near(line, on)]
    typer.secho(_heading(shown, asked, on), bold=True)
    for line in shown:
        _print_task(line)
    if left_out := len(coming) - len(shown):
        typer.echo(f"\n{count(left_out, 'more task')} later or without a date: --until 6months or --all lists them.")


def _heading(shown: Sequence[Line], asked: Narrowed, on: date) -> str:
    """Count the colours, such as "2 red, 5 amber, 12 green, 20 grey: what needs somebody, …"."""
    counted = Counter(line.rated.rag for line in shown)
    said = ", ".join(f"{counted[rag]} {rag.value}" for rag in Rag if counted[rag]) or "Nothing"
    if asked.all_:
        return f"{said}."
    until = asked.until or on + SIX_WEEKS
    beside = "" if asked.until else "what needs somebody, and "
    return f"{said}: {beside}what is due by {short_date(until)}."


def _print_task(line: Line) -> None:
    """Print the colour as a word, and the reference whole in a line of its own, so that it can be copied."""
    rag, milestone = line.rated.rag, line.task.milestone
    due = short_date(milestone.due_on) if milestone.due_on else "no date yet"
    typer.echo()
    typer.secho(f"{rag.value.upper():<{_COLOUR}}", fg=_COLOURS[rag], bold=needs_somebody(line), nl=False)
    typer.echo(f"{due}  {milestone.title}")
    typer.echo(f"{'':{_COLOUR}}{milestone.ref}")
    for words in _wrapped(line):
        typer.echo(words)


def _wrapped(line: Line) -> Iterator[str]:
    milestone = line.task.milestone
    post = line.task.timeline.directory.posts[milestone.owner].title
    state = _STATES.get(line.task.status.state, line.task.status.state.value)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED_WIDTH
    indent = " " * _COLOUR
    yield from textwrap.wrap(
        f"{post}: {state}. {line.rated.why}",
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
