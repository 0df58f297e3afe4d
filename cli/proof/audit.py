"""`daymark audit`: check that the chain of events is whole, and export a copy that others can check without Daymark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen
from cli.proof import stand_alone_verifier
from models.store import Store

EVENTS, VERIFIER = "events.jsonl", "verify.py"
# The number of events that fit well into memory. The chain only grows, so that its pages belong together.
PAGE = 10_000

To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FOLDER", help=f"Write {EVENTS} and {VERIFIER}, which checks it, into this folder."),
]


def register(app: typer.Typer) -> None:
    """Add `daymark audit verify` and `daymark audit export` to the application."""
    audit = typer.Typer(no_args_is_help=True, help="Verify or export the audit chain.", rich_markup_mode=None)
    audit.command("verify")(verify)
    audit.command("export")(export)
    app.add_typer(audit, name="audit")


def verify(council: CouncilOption = None) -> int:
    """Check every event of the chain, and every text it knows by its digest.

    Exit code 0 when it is whole, 1 when it is broken: the first broken event is named.
    """
    store = chosen(council)
    broken = store.audit.verify()
    if broken is not None:
        typer.echo(f"The chain of {store.council} is broken: event {broken} is missing, or was changed.", err=True)
        return 1
    events, head = store.audit.chain_end()
    typer.echo(f"The chain of {store.council} is whole: {events} events, the last hash is {head}.")
    return 0


def export(to: To = None, council: CouncilOption = None) -> None:
    """Print the chain as lines of JSON; with `--to`, write it beside a small program that checks it with Python alone.

    It holds no typed text, only digests. If you note the last hash elsewhere, you can prove later that no end was cut
    off.
    """
    store = chosen(council)
    if to is None:
        for line in lines(store):
            typer.echo(line)
        return
    to.mkdir(parents=True, exist_ok=True)
    with (to / EVENTS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines(store))
    (to / VERIFIER).write_bytes(Path(stand_alone_verifier.__file__).read_bytes())
    typer.echo(f"Written to {to}. Check it anywhere: python {VERIFIER} {EVENTS}")


def lines(store: Store, *, page: int = PAGE) -> Iterator[str]:
    """Write each event of the chain as canonical JSON, from the first; read `page` events at a time."""
    last = 0
    while events := store.audit.events(after=last, limit=page):
        yield from (event.line() for event in events)
        last = events[-1].sequence
