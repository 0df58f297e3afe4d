"""`daymark list`, `show` and `why`: what is coming, one item's whole trail, and why it was, or was not, said."""

import json as json_text
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.council import CouncilOption, chosen
from cli.look.explain import (
    explained,
    explanation_lines,
    explanation_object,
    headed,
    moved_lines,
    open_submissions,
    sentences,
)
from cli.look.tasks import Line, lines, referred
from models.store import Store
from tasks import clock
from timeline.answers.responses import State
from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date, short_date
from timeline.escalation.rung_history import RungHistory, rung_history
from timeline.letters.task_page import state_phrase
from timeline.planning.explanation import of_milestone, waits_of

Ref = Annotated[str, typer.Argument(metavar="REF", help="Such as plo-panel/2/papers; a unique prefix will do.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
All = Annotated[bool, typer.Option("--all", help="Add tasks that are done or were due before going live.")]

_SHOWN_REPEATS = 2
_PIPED_WIDTH = 160
_COLOURS = {"red": "bold red", "amber": "yellow", "green": "green", "grey": "dim"}


def register(app: typer.Typer) -> None:
    """Adds `daymark list`, `show` and `why` to the application."""
    app.command("list")(list_)
    app.command("show")(show)
    app.command("why")(why)


# What people read where the state alone would not say it.
_STATES = {State.UNCONFIRMED: "done, not confirmed"}


def list_(all_: All = False, json: Json = False, council: CouncilOption = None) -> None:
    """List the coming tasks, with red, amber or green and the reason."""
    store = chosen(council)
    found = [line for line in lines(store, at=clock.now()) if all_ or _is_coming(line)]
    if json:
        for line in found:
            _print(line.as_object())
        return
    console = Console()
    # In a file or a pipe nothing forces the table into a narrow window.
    console.width = console.width if console.is_terminal else max(console.width, _PIPED_WIDTH)
    console.print(_table(found))
    counted = tuple(open_submissions(store, found))
    if counted:
        typer.echo()
        _print_lines(("Sign-off", *counted))


def _table(found: Iterable[Line]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("due", no_wrap=True)
    for heading in ("task", "with whom, and why this colour"):
        table.add_column(heading, overflow="fold", ratio=1)
    for line in found:
        table.add_row(*map(Text, _cells(line)), style=_COLOURS[line.rated.rag.value])
    return table


def _is_coming(line: Line) -> bool:
    over = line.found.is_history or line.found.milestone.closed_because
    return not over and line.found.status.state is not State.DONE


def _cells(line: Line) -> tuple[str, ...]:
    milestone = line.found.milestone
    post = line.found.timeline.directory.posts[milestone.owner].title
    due = short_date(milestone.due_on) if milestone.due_on else "–"
    state = _STATES.get(line.found.status.state, line.found.status.state.value)
    return (due, f"{milestone.title}\n{milestone.ref}", f"{post}: {state}\n{line.rated.why}")


def show(ref: Ref, json: Json = False, council: CouncilOption = None) -> None:
    """Show one task with its whole trail: each message, answer and change, by whom and when."""
    store, at = chosen(council), clock.now()
    refs = referred(store, ref)
    of = () if json else explained(store, ref, at=at)
    for explanation in of:
        _print_lines((*moved_lines(store, explanation), *headed(sentences(store, explanation.ref, at=at))))
    for line in lines(store, at=at, prefix=ref):
        if line.ref in refs:
            counted = () if of or json else sentences(store, line.ref, at=at)
            _print(_with_trail(store, line)) if json else _show(store, line, counted)


def _with_trail(store: Store, line: Line) -> dict[str, Any]:
    trail = [
        {
            "at": in_london(one.at).isoformat(),
            "who": one.who,
            "what": one.what,
            "via": one.via,
            "why": one.why,
        }
        for one in store.audit.trail(line.ref)
    ]
    return {**line.as_object(), "trail": trail}


def _show(store: Store, line: Line, counted: Sequence[str]) -> None:
    milestone, directory = line.found.milestone, line.found.timeline.directory
    post = directory.posts[milestone.owner].title
    typer.secho(f"{milestone.ref}  {milestone.title}", bold=True)
    typer.echo(f"  {milestone.duty} (class {milestone.duty_class.value}), {post}")
    if milestone.due_on and milestone.legal_on:
        typer.echo(f"  Working date {long_date(milestone.due_on)}, legal date {long_date(milestone.legal_on)}")
    for sentence in waits_of(milestone, line.found.timeline):
        typer.echo(f"  {sentence}")
    typer.echo(f"  {line.rated.rag.value}: {line.rated.why} {state_phrase(line.found)}".rstrip())
    for sentence in headed(counted):
        typer.echo(f"  {sentence}")
    for trail in store.audit.trail(line.ref):
        at = in_london(trail.at)
        parts = [part for part in (trail.who, trail.what, trail.via and f"by {trail.via}", trail.why) if part]
        typer.echo(f"  {short_date(at.date())} {at:%H:%M}  {' · '.join(parts)}")


def why(ref: Ref, json: Json = False, council: CouncilOption = None) -> None:
    """Explain a date, and for every rung why it was, or was not, said."""
    store, at = chosen(council), clock.now()
    refs, of = referred(store, ref), explained(store, ref, at=at)
    for explanation in of:
        counted = sentences(store, explanation.ref, at=at)
        if json:
            _print({**explanation_object(explanation), "countdown": counted})
        else:
            _print_lines((*explanation_lines(explanation), *headed(counted)))
    for line in lines(store, at=at, prefix=ref):
        if line.ref in refs:
            # Of an occurrence it is said once, with the occurrence.
            counted = () if of else sentences(store, line.ref, at=at)
            _print(_why_object(line, counted)) if json else _why(line, counted)


def _why_object(line: Line, counted: Sequence[str]) -> dict[str, Any]:
    rungs = [{**asdict(step), "at": step.at.isoformat()} for step in rung_history(line.found)]
    milestone = line.found.milestone
    steps = list(of_milestone(milestone, line.found.timeline))
    basis = {"basis": milestone.basis, "status": milestone.status.value}
    return {"ref": line.ref, **basis, "steps": steps, "countdown": list(counted), "rungs": rungs}


def _why(line: Line, counted: Sequence[str]) -> None:
    milestone = line.found.milestone
    typer.secho(f"{milestone.ref}  {milestone.title}", bold=True)
    for step in (*of_milestone(milestone, line.found.timeline), *headed(counted)):
        typer.echo(f"  {step}")
    if line.found.pause:
        typer.echo(f"  {line.found.pause.sentence}")
    for (at, rung, what), steps in groupby(_near(line), key=lambda one: (one.at, one.rung, one.what)):
        local, to = in_london(at), ", ".join(one.to for one in steps)
        typer.echo(f"  {short_date(local.date())} {local:%H:%M}  {rung} to {to}: {what}")


def _near(line: Line) -> list[RungHistory]:
    """The account without what would be said a third time and more: that stands in the JSON."""
    return [step for step in rung_history(line.found) if step.at <= line.found.at or step.repeat < _SHOWN_REPEATS]


def _print_lines(found: Iterable[str]) -> None:
    heading, *rest = found
    typer.secho(heading, bold=True)
    for line in rest:
        typer.echo(f"  {line}")


def _print(found: dict[str, Any]) -> None:
    typer.echo(json_text.dumps(found, ensure_ascii=False))
