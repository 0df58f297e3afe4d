"""Change the councils of a folder, each by itself: a file that cannot be used is told and stops no other."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import typer

from config.houses.folder import CouncilFile, councils_in, goes_on
from config.timeline_files.faults import BadInput, Fault
from models.store import StoreError
from tasks.council.ledger import stores

UNUSABLE = 2


def each_of_folder(folder: Path, change: Callable[[CouncilFile], int], *, among: bool) -> int:
    """Do `change` with each council of a folder that can be used, and give the worst exit code.

    `among`: a council that is new may stand beside one that the folder has lost.
    """
    given = councils_in(folder)
    lost = sorted({store.council for store in stores()} - {each.key for each in given})
    # A file that cannot be read may be that of a council that seems lost.
    unread = sum(not each.key for each in given)
    new = _new(given) if len(lost) > unread and not among else ()
    codes = [_renamed(each, lost) if each in new else _changed(each, change) for each in given]
    for key in lost:
        typer.echo(goes_on(key, folder), err=True)
    return max(codes)


def _new(given: Iterable[CouncilFile]) -> Sequence[CouncilFile]:
    stored = {store.council for store in stores()}
    return [each for each in given if each.key and each.key not in stored]


def _renamed(given: CouncilFile, lost: Sequence[str]) -> int:
    """Refuse a council that may be stored already under another key: everybody would be asked twice."""
    there = " and ".join(f"“{key}”" for key in lost)
    typer.echo(
        f"{given.name}: council.key: “{given.key}” would be a new council while {there} has no file here; if it is "
        "the same, set its key back, else say apply … --another-council.",
        err=True,
    )
    return UNUSABLE


def _changed(given: CouncilFile, change: Callable[[CouncilFile], int]) -> int:
    """Change a council, or say in a sentence for each fault why nothing of it was changed."""
    if given.faults:
        return _refused(given, given.faults)
    try:
        return change(given)
    except BadInput as bad:
        return _refused(given, bad.faults)
    except (ValueError, StoreError) as fault:
        typer.echo(f"{given.name}: {fault}", err=True)
        return UNUSABLE


def _refused(given: CouncilFile, faults: Iterable[Fault]) -> int:
    for fault in given.told(faults):
        typer.echo(fault.told, err=True)
    return UNUSABLE
