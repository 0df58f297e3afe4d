"""Print the differences that `preview`, `apply`, `undo`, `record` and `move` print, as text and as JSON."""

import json as json_text
from collections.abc import Sequence

import typer

from timeline.definitions.imports import Imported, differing
from timeline.definitions.people import Directory
from timeline.forecast.changes import Change, counted, in_words
from timeline.steering.go_live import GoLive

# These changes move nothing by themselves: people read them; programs get the dates.
_TEXT_ONLY = ("fact", "calendar")


def print_changes(changes: Sequence[Change], *, json: bool = False) -> None:
    """Print each difference on a line of its own, and in text their count."""
    if json:
        for change in changes:
            if change.change not in _TEXT_ONLY:
                typer.echo(_as_json(change))
        return
    width = max((len(change.ref) for change in changes), default=0)
    for change in changes:
        typer.echo(_as_text(change, width))
    typer.echo(counted(changes) if changes else "Nothing would change.")


def print_differing(stated: Directory, imported: Imported) -> None:
    """Print where imports differ from the file: an import stays when the file is applied."""
    for sentence in differing(stated, imported):
        typer.echo(f"note: {sentence}", err=True)


def print_kinds(changes: Sequence[Change]) -> None:
    """Print a line for each kind of change, with its first items."""
    for kind in dict.fromkeys(change.change for change in changes):
        refs = [change.ref for change in changes if change.change == kind]
        more = f" and {len(refs) - _FIRST} more" if len(refs) > _FIRST else ""
        typer.echo(f"{kind}: {', '.join(refs[:_FIRST])}{more}.")


def print_kept_ladders(kept: Sequence[Change], *, json: bool = False, changed: bool = False) -> None:
    """Print the open tasks that keep their ladder, or those whose ladder was `changed`."""
    if json:
        for change in kept:
            typer.echo(_as_json(change))
    elif kept and changed:
        print_kinds(kept)
    elif kept:
        typer.echo(in_words(kept))


def print_go_live(of: GoLive, *, json: bool = False) -> None:
    """Print what the first apply brings: the tasks to ask about, the figures, and the first mails."""
    if json:
        told = {"open": of.open_tasks, "past": [task.ref for task in of.past], "first_mails": list(of.first_mails)}
        typer.echo(json_text.dumps(told, ensure_ascii=False))
        return
    for sentence in of.sentences:
        typer.echo(sentence)
    if of.past:
        typer.echo("Was this done? Class A and B, due before going live:")
    for task in of.past:
        typer.echo(f"  {task.due}  {task.ref}  {task.title}")


_FIRST = 5


def _as_json(change: Change) -> str:
    plain = {"change": change.change, "ref": change.ref, "from": change.from_ or None, "to": change.to or None}
    return json_text.dumps({**plain, "why": change.why, "told": list(change.told)}, ensure_ascii=False)


def _as_text(change: Change, width: int) -> str:
    dates = " → ".join(part or "–" for part in (change.from_, change.to)) if change.from_ or change.to else ""
    told = f"Told the old date: {', '.join(change.told)}." if change.told else ""
    parts = (f"{change.change:<10}", f"{change.ref:<{width}}", dates, change.why, told)
    return "  ".join(part for part in parts if part).rstrip()
