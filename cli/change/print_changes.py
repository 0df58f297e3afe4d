"""Differences as text and JSON: what `preview`, `apply`, `undo`, `record` and `move` print."""

import json as json_text
from collections.abc import Sequence

import typer

from timeline.definitions.imports import Imported, differing
from timeline.definitions.people import Directory
from timeline.forecast.changes import Change, counted, in_words

# These move nothing by themselves: people read them, programs get the dates.
_TEXT_ONLY = ("fact", "calendar")


def print_changes(found: Sequence[Change], *, json: bool = False) -> None:
    """Prints differences one a line, and in text their count."""
    if json:
        for one in found:
            if one.change not in _TEXT_ONLY:
                typer.echo(_as_json(one))
        return
    width = max((len(one.ref) for one in found), default=0)
    for one in found:
        typer.echo(_as_text(one, width))
    typer.echo(counted(found) if found else "Nothing would change.")


def print_differing(stated: Directory, imported: Imported) -> None:
    """Prints where imports say otherwise than a file: they outlive its apply."""
    for sentence in differing(stated, imported):
        typer.echo(f"note: {sentence}", err=True)


def print_kinds(found: Sequence[Change]) -> None:
    """Prints one line for each kind of change, with its first items."""
    for kind in dict.fromkeys(one.change for one in found):
        refs = [one.ref for one in found if one.change == kind]
        more = f" and {len(refs) - _FIRST} more" if len(refs) > _FIRST else ""
        typer.echo(f"{kind}: {', '.join(refs[:_FIRST])}{more}.")


def print_kept_ladders(kept: Sequence[Change], *, json: bool = False, changed: bool = False) -> None:
    """Prints which open tasks keep their ladder, or that it was `changed` for them."""
    if json:
        for one in kept:
            typer.echo(_as_json(one))
    elif kept and changed:
        print_kinds(kept)
    elif kept:
        typer.echo(in_words(kept))


_FIRST = 5


def _as_json(one: Change) -> str:
    plain = {"change": one.change, "ref": one.ref, "from": one.from_ or None, "to": one.to or None}
    return json_text.dumps({**plain, "why": one.why, "told": list(one.told)}, ensure_ascii=False)


def _as_text(one: Change, width: int) -> str:
    dates = " → ".join(part or "–" for part in (one.from_, one.to)) if one.from_ or one.to else ""
    told = f"Told the old date: {', '.join(one.told)}." if one.told else ""
    parts = (f"{one.change:<10}", f"{one.ref:<{width}}", dates, one.why, told)
    return "  ".join(part for part in parts if part).rstrip()
