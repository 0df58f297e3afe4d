"""`daymark show` and `why`: a task's whole trail, and why each rung was, or was not, sent."""

import json as json_text
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from cli.council import CouncilOption, chosen
from cli.look.explain import explanation_lines, explanation_object, moved_lines, standing_object
from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.steering.explained import explained, sign_off_sentences
from tasks.steering.tasks import lines, referred
from timeline.calendar.london import in_london
from timeline.escalation.rung_history import rung_history
from timeline.letters.task_page import state_phrase
from timeline.planning.explanation import of_milestone, waits_of
from timeline.steering.explained import days_away, headed, steps_said, task_dates
from timeline.steering.task_lines import Line
from timeline.steering.task_sheet import moment, recorded

Ref = Annotated[str, typer.Argument(metavar="REF", help="Such as plo-panel/2/papers; a unique prefix will do.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def register(app: typer.Typer) -> None:
    """Add `daymark show` and `why` to the application."""
    app.command("show")(show)
    app.command("why")(why)


def show(ref: Ref, json: Json = False, council: CouncilOption = None) -> None:
    """Show one task with its whole trail: each message, answer and change, by whom and when."""
    store, at = chosen(council), clock.now()
    refs = referred(store, ref)
    of = () if json else explained(store, settings(), ref, at=at)
    for explanation in of:
        _print_lines(
            (*moved_lines(store, explanation), *headed(sign_off_sentences(store, settings(), explanation.ref, at=at)))
        )
    for line in lines(store, settings(), at=at, prefix=ref):
        if line.ref in refs:
            counted = () if of or json else sign_off_sentences(store, settings(), line.ref, at=at)
            _print(_with_trail(store, line)) if json else _show(store, line, counted)


def _with_trail(store: Store, line: Line) -> dict[str, Any]:
    trail = [
        {
            "at": in_london(event.at).isoformat(),
            "who": event.who,
            "what": event.what,
            "via": event.via,
            "why": event.why,
        }
        for event in store.audit.trail(line.ref)
    ]
    return {**line.as_object(), "trail": trail}


def _show(store: Store, line: Line, counted: Sequence[str]) -> None:
    milestone = line.task.milestone
    typer.secho(f"{milestone.ref}  {milestone.title}", bold=True)
    typer.echo(f"  {milestone.duty} (class {milestone.duty_class.value}), {line.post_title}")
    if both := task_dates(milestone):
        typer.echo(f"  {both}")
    for sentence in waits_of(milestone, line.task.timeline):
        typer.echo(f"  {sentence}")
    typer.echo(f"  {line.rated.rag.value}: {line.rated.why} {state_phrase(line.task)}".rstrip())
    for sentence in headed(counted):
        typer.echo(f"  {sentence}")
    for trail in store.audit.trail(line.ref):
        typer.echo(f"  {'  '.join(recorded(trail.at, trail.who, trail.what, trail.via, trail.why))}")


def why(ref: Ref, json: Json = False, council: CouncilOption = None) -> None:
    """Explain a date, and for every rung why it was, or was not, said."""
    store, at = chosen(council), clock.now()
    refs, of = referred(store, ref), explained(store, settings(), ref, at=at)
    for explanation in of:
        counted = sign_off_sentences(store, settings(), explanation.ref, at=at)
        if json:
            _print({**explanation_object(explanation), "countdown": counted})
        else:
            _print_lines((*explanation_lines(explanation), *headed(counted)))
    for line in lines(store, settings(), at=at, prefix=ref):
        if line.ref in refs:
            # The countdown of an occurrence is printed once, with the occurrence.
            counted = () if of else sign_off_sentences(store, settings(), line.ref, at=at)
            _print(_why_object(line, counted)) if json else _why(line, counted)


def _why_object(line: Line, counted: Sequence[str]) -> dict[str, Any]:
    rungs = [{**asdict(step), "at": step.at.isoformat()} for step in rung_history(line.task)]
    milestone = line.task.milestone
    steps = list(of_milestone(milestone, line.task.timeline))
    basis = {"basis": milestone.basis, **standing_object(milestone.standing)}
    away = list(days_away(line.task))
    return {"ref": line.ref, **basis, "steps": steps, "countdown": list(counted), "away": away, "rungs": rungs}


def _why(line: Line, counted: Sequence[str]) -> None:
    milestone = line.task.milestone
    typer.secho(f"{milestone.ref}  {milestone.title}", bold=True)
    for step in (*of_milestone(milestone, line.task.timeline), *headed(counted)):
        typer.echo(f"  {step}")
    if line.task.pause:
        typer.echo(f"  {line.task.pause.sentence}")
    for sentence in days_away(line.task):
        typer.echo(f"  {sentence}")
    for said in steps_said(line.task):
        typer.echo(f"  {moment(said.at)}  {said.rung} to {said.to}: {said.what}")


def _print_lines(texts: Iterable[str]) -> None:
    heading, *rest = texts
    typer.secho(heading, bold=True)
    for line in rest:
        typer.echo(f"  {line}")


def _print(printed: dict[str, Any]) -> None:
    typer.echo(json_text.dumps(printed, ensure_ascii=False))
