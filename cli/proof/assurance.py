"""`daymark assurance`: show the reckoning and the look ahead as of now, without acting on them."""

import json
from typing import Annotated, Any

import typer

from cli.council import CouncilOption, chosen, say_what_is_quiet
from config.settings import settings
from tasks import clock
from tasks.assurance.look import Looked, look
from timeline.assurance import Finding, Unowned
from timeline.assurance.report import ahead, line
from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline

AsJson = Annotated[bool, typer.Option("--json", help="Print an object.")]
Whole = Annotated[bool, typer.Option("--whole", help="Compare everything from the beginning, as once a week.")]


def register(app: typer.Typer) -> None:
    """Add `daymark assurance` to the application."""
    app.command("assurance")(assurance)


def assurance(as_json: AsJson = False, whole: Whole = False, council: CouncilOption = None) -> int:
    """Compare the messages due since the last assurance with those sent, and look 60 days ahead.

    The look ahead finds each step that would reach no one. Send and store nothing: the flow of the same name does, on
    weekdays.

    Exit code 0 when everything is explained and owned, 1 when something is not.
    """
    store, at = chosen(council), clock.now()
    say_what_is_quiet(store, err=as_json)
    looked = look(store, settings(), at=at, whole=whole)
    timeline = store.definitions.timeline(settings().working_hours)
    typer.echo(json.dumps(_object(timeline, looked)) if as_json else "\n".join(_lines(timeline, looked)))
    return 1 if looked.reckoning.figures.unexplained or looked.unowned else 0


def _lines(timeline: CouncilTimeline, looked: Looked) -> list[str]:
    since = in_london(looked.reckoning.since)
    lines = [f"Since {long_date(since.date())}, {since:%H:%M}: {looked.reckoning.figures.sentence}"]
    lines += [f"Unexplained: {line(timeline, finding)}" for finding in looked.reckoning.findings]
    return lines + [f"Ahead: {ahead(timeline, unowned)}" for unowned in looked.unowned]


def _object(timeline: CouncilTimeline, looked: Looked) -> dict[str, Any]:
    reckoning = looked.reckoning
    return {
        "at": reckoning.at.isoformat(),
        "since": reckoning.since.isoformat(),
        "figures": vars(reckoning.figures),
        "duties": {duty: vars(figures) for duty, figures in reckoning.duties.items()},
        "unexplained": [_finding(timeline, finding) for finding in reckoning.findings],
        "ahead": [_unowned(timeline, unowned) for unowned in looked.unowned],
    }


def _finding(timeline: CouncilTimeline, finding: Finding) -> dict[str, Any]:
    due_on = finding.due_on.isoformat() if finding.due_on else None
    return {
        "kind": finding.kind.value,
        "ref": finding.ref,
        "post": finding.post,
        "due_on": due_on,
        "text": line(timeline, finding),
    }


def _unowned(timeline: CouncilTimeline, unowned: Unowned) -> dict[str, Any]:
    known = {
        "kind": unowned.kind.value,
        "post": unowned.post,
        "duty": unowned.duty,
        "first_on": unowned.first_on.isoformat(),
    }
    return known | {"why": unowned.why, "helps": unowned.helps, "text": ahead(timeline, unowned)}
