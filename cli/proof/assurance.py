"""`daymark assurance`: the reckoning and the look ahead, now, without acting on them."""

import json
from typing import Annotated, Any

import typer

from cli.council import CouncilOption, chosen
from config.settings import settings
from tasks import clock
from tasks.assurance.assure import Looked, look
from timeline.assurance import Finding, Unowned
from timeline.assurance.report import ahead, line
from timeline.calendar.bank_holidays import LONDON
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline

AsJson = Annotated[bool, typer.Option("--json", help="Print one object.")]


def register(app: typer.Typer) -> None:
    """Adds `daymark assurance` to the application."""
    app.command("assurance")(assurance)


def assurance(as_json: AsJson = False, council: CouncilOption = None) -> int:
    """Works out what should have been said since the last assurance and compares it with what was, and whether every
    step of the next 60 days reaches somebody. Sends and stores nothing: the flow of the same name does, on weekdays.

    Exit code 0 when everything is explained and owned, 1 when something is not.
    """
    store, at = chosen(council), clock.now()
    found = look(store, settings(), at=at)
    timeline = store.timeline(settings().working_hours)
    typer.echo(json.dumps(_object(timeline, found)) if as_json else "\n".join(_lines(timeline, found)))
    return 1 if found.reckoning.figures.unexplained or found.unowned else 0


def _lines(timeline: CouncilTimeline, found: Looked) -> list[str]:
    since = found.reckoning.since.astimezone(LONDON)
    lines = [f"Since {long_date(since.date())}, {since:%H:%M}: {found.reckoning.figures.sentence}"]
    lines += [f"Unexplained: {line(timeline, one)}" for one in found.reckoning.findings]
    return lines + [f"Ahead: {ahead(timeline, one)}" for one in found.unowned]


def _object(timeline: CouncilTimeline, found: Looked) -> dict[str, Any]:
    reckoning = found.reckoning
    return {
        "at": reckoning.at.isoformat(),
        "since": reckoning.since.isoformat(),
        "figures": vars(reckoning.figures),
        "duties": {duty: vars(figures) for duty, figures in reckoning.duties.items()},
        "unexplained": [_finding(timeline, one) for one in reckoning.findings],
        "ahead": [_unowned(timeline, one) for one in found.unowned],
    }


def _finding(timeline: CouncilTimeline, one: Finding) -> dict[str, Any]:
    due_on = one.due_on.isoformat() if one.due_on else None
    return {"kind": one.kind.value, "ref": one.ref, "post": one.post, "due_on": due_on, "text": line(timeline, one)}


def _unowned(timeline: CouncilTimeline, one: Unowned) -> dict[str, Any]:
    known = {"kind": one.kind.value, "post": one.post, "duty": one.duty, "first_on": one.first_on.isoformat()}
    return known | {"why": one.why, "helps": one.helps, "text": ahead(timeline, one)}
