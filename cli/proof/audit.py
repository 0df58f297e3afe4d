"""`daymark audit`: check that the chain of events is whole, and export a copy that others can check without Daymark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, chosen
from cli.proof import stand_alone_verifier
from models.store import Store
from models.store.base.json_values import canonical

EVENTS, RECORDS, VERIFIER = "events.jsonl", "records.jsonl", "verify.py"
# The number of events that fit well into memory. The chain only grows, so that its pages belong together.
PAGE = 10_000
# So many altered records are named: a table that was emptied has thousands.
SHOWN = 20

To = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="FOLDER", help=f"Write {EVENTS}, {RECORDS} and {VERIFIER}, which checks them, into this folder."
    ),
]

Head = Annotated[
    str | None,
    typer.Option("--head", metavar="HASH", help="A last hash noted earlier: the chain must go through it."),
]


def register(app: typer.Typer) -> None:
    """Add `daymark audit verify` and `daymark audit export` to the application."""
    audit = typer.Typer(no_args_is_help=True, help="Verify or export the audit chain.", rich_markup_mode=None)
    audit.command("verify")(verify)
    audit.command("export")(export)
    app.add_typer(audit, name="audit")


def verify(head: Head = None, council: CouncilOption = None) -> int:
    """Check every event of the chain, every text it knows by its digest, and every record that it seals.

    Records are answers, messages, deliveries, prompts, facts, the directory and what came in. With --head HASH, noted
    from a Monday mail or elsewhere, also prove that the chain still goes through that hash.

    Exit code 0 when all is whole, 1 when it is not: the first broken event, and each altered record, are named.
    """
    store = chosen(council)
    broken = store.audit.verify()
    if broken is not None:
        typer.echo(f"The chain of {store.council} is broken: event {broken} is missing, or was changed.", err=True)
        return 1
    if head is not None and not store.audit.goes_through(head.strip().lower()):
        lost = f"The chain of {store.council} does not go through {head}"
        typer.echo(f"{lost}: its end is missing, or all of it was replaced.", err=True)
        return 1
    events, last = store.audit.chain_end()
    typer.echo(f"The chain of {store.council} is whole: {events} events, the last hash is {last}.")
    return _verify_records(store)


def _verify_records(store: Store) -> int:
    sealed = store.audit.verify_records()
    if sealed is None:
        typer.echo("Its records are not compared: an older version wrote them. The next change seals them.")
        return 0
    for altered in sealed.altered[:SHOWN]:
        typer.echo(str(altered), err=True)
    if sealed.altered:
        typer.echo(f"Of {sealed.records} sealed records {len(sealed.altered)} are not as sealed.", err=True)
        return 1
    older = sealed.taken_as_they_stood
    since = (
        f" Those of an older version are as they stood at event {older}; before it none were sealed." if older else ""
    )
    typer.echo(f"Its {sealed.records} sealed records are as the chain has them.{since}")
    return 0


def export(to: To = None, council: CouncilOption = None) -> None:
    """Print the chain as lines of JSON; with `--to`, write it beside a small program that checks it with Python alone.

    It holds no typed text, only digests; of the records it holds the digest of each as it stands now. If you note the
    last hash elsewhere, you can prove later that no end was cut off.
    """
    store = chosen(council)
    if to is None:
        for line in lines(store):
            typer.echo(line)
        return
    to.mkdir(parents=True, exist_ok=True)
    # The records and the events up to the same instant: others may write meanwhile.
    last, records = store.audit.digests()
    with (to / EVENTS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines(store, last=last))
    with (to / RECORDS).open("w", encoding="utf-8", newline="\n") as file:
        for record, digest in records:
            file.write(f"{canonical({'record': record, 'digest': digest})}\n")
    (to / VERIFIER).write_bytes(Path(stand_alone_verifier.__file__).read_bytes())
    typer.echo(f"Written to {to}. Check it anywhere: python {VERIFIER} {EVENTS} --records {RECORDS}")


def lines(store: Store, *, page: int | None = None, last: int | None = None) -> Iterator[str]:
    """Write each event as canonical JSON, from the first, or up to `last`; read `page` events at a time."""
    after, left, page = 0, last, page or PAGE
    while events := store.audit.events(after=after, limit=page if left is None else min(page, left)):
        yield from (event.line() for event in events)
        after = events[-1].sequence
        left = None if last is None else last - after
