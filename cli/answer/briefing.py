"""`daymark briefing list|show|release|discard`: drafts for the lead member. Only the director's release sends them."""

import json as jsons
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen, person_at
from config.settings import settings
from tasks import clock
from tasks.director.briefings import shown, waiting
from tasks.director.release import Settling, settle
from timeline.director.briefings import BriefingState

Ref = Annotated[str, typer.Argument(metavar="REF", help="Such as action-plan/1/submitted, as `list` prints it.")]
As = Annotated[
    str, typer.Option("--as", metavar="ADDRESS", help="The person who acts: director, deputy meanwhile, or assistant.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line for each draft.")]


def register(app: typer.Typer) -> None:
    """Add `daymark briefing …` to the application."""
    briefing = typer.Typer(
        no_args_is_help=True, help="List, show, release or discard drafts for the lead member.", rich_markup_mode=None
    )
    briefing.command("list")(list_)
    briefing.command("show")(show)
    briefing.command("release")(release)
    briefing.command("discard")(discard)
    app.add_typer(briefing, name="briefing")


def list_(json: Json = False, council: CouncilOption = None) -> None:
    """List the drafts that wait for release; `show` prints their words to those who may release them."""
    store = chosen(council)
    for briefing, task in waiting(store, settings(), at=clock.now()):
        fields = {"ref": briefing.milestone, "title": task.milestone.title, "due_on": briefing.due_on.isoformat()}
        fields |= {"because": briefing.because.value, "made_at": briefing.made_at.isoformat()}
        line = f"{briefing.milestone}  due {briefing.due_on}  ({briefing.because.value})"
        typer.echo(jsons.dumps(fields, ensure_ascii=False) if json else line)


def show(ref: Ref, as_: As, council: CouncilOption = None) -> None:
    """Print a draft in the words that a release would send now."""
    store = chosen(council)
    draft_view = shown(store, settings(), person_at(store, as_), ref, at=clock.now())
    typer.echo(f"To: {draft_view.to_post}\nSubject: {draft_view.subject}\n")
    for line in draft_view.lines:
        typer.echo(f"{line.head}: {line.text}\n")
    typer.echo(" ".join(draft_view.closing))


def release(ref: Ref, as_: As, council: CouncilOption = None) -> None:
    """Release a draft: send one mail to the lead member, with the next mails in working time."""
    _settle(ref, as_, BriefingState.RELEASED, council)


def discard(ref: Ref, as_: As, council: CouncilOption = None) -> None:
    """Discard a draft for good: tell no one, and make no other draft about this date."""
    _settle(ref, as_, BriefingState.DISCARDED, council)


def _settle(ref: str, as_: str, state: BriefingState, council: str | None) -> None:
    store = chosen(council)
    given = Settling(person=person_at(store, as_).key, ref=ref, state=state, via="command line")
    recorded = settle(store, settings(), given, at=clock.now())
    typer.echo(f"{recorded.heading}. {' '.join(recorded.sentences)}")
