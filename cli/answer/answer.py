"""`daymark ack|done|help|decline|delegate|confirm REF`: answers on behalf of a person, audited as such."""

from typing import Annotated

import typer

from cli.council import CouncilOption, chosen, person_at
from config.settings import settings
from tasks import clock
from tasks.council.answers import ON_BEHALF, record_response
from tasks.processes.wake_notify import wake_notify
from tasks.steering.tasks import single_ref
from timeline.answers.responses import AT_ONCE, Answer, Given

Ref = Annotated[str, typer.Argument(metavar="REF", help="Such as plo-panel/2/papers; a unique prefix will do.")]
As = Annotated[str, typer.Option("--as", metavar="ADDRESS", help="The person who answers.")]
For = Annotated[str | None, typer.Option("--for", metavar="ADDRESS", help="The person answered for, if it is another.")]
Evidence = Annotated[str, typer.Option("--evidence", metavar="URL", help="A link or reference that shows it is done.")]
To = Annotated[str, typer.Option("--to", metavar="ADDRESS", help="The person who will do it from now on.")]
NotDone = Annotated[bool, typer.Option("--not-done", help="It is not done yet: --text says what is missing.")]
Text = Annotated[str, typer.Option("--text", help="Words for the line manager. Name no child, family or case.")]


def register(app: typer.Typer) -> None:
    """Add the six answers to the application."""
    app.command("ack")(ack)
    app.command("done")(done)
    app.command("help")(help_)
    app.command("decline")(decline)
    app.command("delegate")(delegate)
    app.command("confirm")(confirm)


def ack(ref: Ref, as_: As, for_: For = None, text: Text = "", council: CouncilOption = None) -> None:
    """Record "I have this": stop the asking for a while. The task is not done."""
    _answer(Answer.ACKNOWLEDGED, ref, as_, for_, council, text=text)


def done(
    ref: Ref, as_: As, evidence: Evidence, for_: For = None, text: Text = "", council: CouncilOption = None
) -> None:
    """Record "It is done", with a link or reference that shows it."""
    _answer(Answer.DONE, ref, as_, for_, council, text=text, evidence=evidence)


def help_(ref: Ref, as_: As, for_: For = None, text: Text = "", council: CouncilOption = None) -> None:
    """Record "I need help": tell the line manager with the next mail."""
    _answer(Answer.HELP, ref, as_, for_, council, text=text)


def decline(ref: Ref, as_: As, for_: For = None, text: Text = "", council: CouncilOption = None) -> None:
    """Record "This is not mine": tell the line manager with the next mail."""
    _answer(Answer.DECLINED, ref, as_, for_, council, text=text)


def delegate(ref: Ref, as_: As, to: To, for_: For = None, text: Text = "", council: CouncilOption = None) -> None:
    """Record "Somebody else will do this": ask that person from the next mail on."""
    _answer(Answer.DELEGATED, ref, as_, for_, council, text=text, to=to)


def confirm(
    ref: Ref,
    as_: As,
    for_: For = None,
    not_done: NotDone = False,
    text: Text = "",
    council: CouncilOption = None,
) -> None:
    """Record "I confirm it", a second person's word on a done task; with --not-done the task opens again."""
    _answer(Answer.RETURNED if not_done else Answer.CONFIRMED, ref, as_, for_, council, text=text)


def _answer(
    answer: Answer,
    ref: str,
    as_: str,
    for_: str | None,
    council: str | None,
    *,
    text: str = "",
    evidence: str = "",
    to: str = "",
) -> None:
    store = chosen(council)
    by = person_at(store, as_)
    person = person_at(store, for_) if for_ else by
    given = Given(
        person=person.key,
        answer=answer,
        via=ON_BEHALF,
        evidence=evidence,
        text=text,
        answered_by=by.name if by != person else "",
        by=by.key if by != person else "",
        delegated_to=person_at(store, to).key if to else "",
    )
    recorded = record_response(store, settings(), single_ref(store, ref), given, at=clock.now())
    if answer in AT_ONCE and not recorded.already:
        wake_notify(settings())
    typer.echo(f"{recorded.heading}. {' '.join(recorded.sentences)}")
