"""`daymark move OCCURRENCE`: move a meeting, visit or submission, or record that it is held or cancelled.

The changes are shown first.
"""

from typing import Annotated

import typer

from cli.change.check import Json
from cli.change.record import Known, Yes, a_day, carry_out, since
from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from models.store import RevisionKind, Store
from tasks import clock
from tasks.council.run import CouncilRun
from tasks.proposals.dates import as_agreed
from timeline.calendar.london import london_date
from timeline.definitions.facts import Fact
from timeline.planning.rescheduling import CANCELLED, HELD, MOVED

Ref = Annotated[str, typer.Argument(metavar="OCCURRENCE", help="Such as plo-panel/2; a unique prefix will do.")]
End = Annotated[str | None, typer.Argument(metavar="[END]", help="The last day, after --to DATE or --held DATE.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE [END]", help="Its new day, or days.")]
Held = Annotated[str | None, typer.Option("--held", metavar="DATE [END]", help="It took place then.")]
Cancel = Annotated[bool, typer.Option("--cancel", help="It will not take place.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for those who were told.")]
AgreedWith = Annotated[
    str, typer.Option("--agreed-with", metavar="WHO", help="The body that agreed, where the law gives the date.")
]
Where = Annotated[str, typer.Option("--where", metavar="TEXT", help="The letter in which that is written.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that says so.")]


def register(app: typer.Typer) -> None:
    """Add `daymark move` to the application."""
    app.command("move")(move)


def move(
    ref: Ref,
    reason: Reason,
    end: End = None,
    to: To = None,
    held: Held = None,
    cancel: Cancel = False,
    by: By = "",
    agreed_with: AgreedWith = "",
    where: Where = "",
    known: Known = None,
    yes: Yes = False,
    json: Json = False,
    council: CouncilOption = None,
) -> None:
    """Move an occurrence, or say that it took place or is cancelled. Its first date stays visible.

    A legal date stays: what Ofsted or the DfE agreed to stands beside it (--agreed-with, --where).

    Without --yes show the changes and make none. Exit code 0; 1 when something would change; 2 when it
    cannot be done.
    """
    if sum((to is not None, held is not None, cancel)) != 1:
        raise NotUsable("Say one of --to DATE [END], --held DATE [END] and --cancel.")
    _refuse(cancel=cancel, end=end, reason=reason)
    run = CouncilRun(chosen(council), settings(), clock.now())
    day = to or held
    fact = Fact(
        name=MOVED if to else HELD if held else CANCELLED,
        on=a_day(day, "--to" if to else "--held") if day else london_date(since(known, run.at)),
        until=a_day(end, "END") if end else None,
        known_at=since(known, run.at),
        who=by,
        source=reason,
        occurrence=occurrence(run.store, ref),
    )
    carry_out(
        run, as_agreed(fact, agreed_with, where), kind=RevisionKind.MOVE, yes=yes, json=json, who=by or "daymark move"
    )


def _refuse(*, cancel: bool, end: str | None, reason: str) -> None:
    """Raise NotUsable for words that have no place, or are missing."""
    if cancel and end:
        raise NotUsable(f"“{end}” has no place beside --cancel; expected no date.")
    if not reason.strip():
        raise NotUsable("A move says why: --reason must not be empty.")


def occurrence(store: Store, ref: str) -> str:
    """Return the ref of the only occurrence that REF names. Raise NotUsable."""
    refs = [occurrence.ref for occurrence in store.plan.occurrences()]
    if ref in refs:
        return ref
    matching = [known for known in refs if known.startswith(ref)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        shown = ", ".join(matching[:6]) + (", …" if len(matching) > 6 else "")
        raise NotUsable(f"“{ref}” could be {len(matching)} occurrences ({shown}); expected more of its name.")
    if store.plan.find(ref):
        raise NotUsable(f"“{ref}” is a task; expected the occurrence it belongs to, “{ref.rsplit('/', 1)[0]}”.")
    raise NotUsable(f"Nothing is called “{ref}”; expected an occurrence such as “plo-panel/2” (see daymark list).")
