"""Gather for the page of changes what was changed last in each council, and which change can be taken back."""

from datetime import datetime
from typing import NamedTuple

from models.store import Revision, RevisionKind
from tasks.proposals.councils import CouncilRuns
from tasks.proposals.dates import in_words

_SHOWN = 10


class Changed(NamedTuple):
    """Word a change, and give its number where it can be taken back next."""

    words: str
    taken_back: bool
    can_go: int


class CouncilChanges(NamedTuple):
    """Show a council with its last changes, the newest first."""

    key: str
    name: str
    last: tuple[Changed, ...]


def overview(runs: CouncilRuns, council: str, *, at: datetime) -> tuple[CouncilChanges, ...]:
    """Give that council, or each that can be read where none is named."""
    return tuple(
        CouncilChanges(run.store.council, run.timeline.council.name, _last(run.store.changes.revisions()))
        for run in runs.runs(at=at)
        if council in (run.store.council, "")
    )


def _last(revisions: tuple[Revision, ...]) -> tuple[Changed, ...]:
    standing = [each.number for each in revisions if each.what != RevisionKind.UNDO and not each.taken_back]
    can_go = standing[-1] if standing else 0
    newest = revisions[: -_SHOWN - 1 : -1]
    return tuple(
        Changed(in_words(each), each.taken_back, each.number if each.number == can_go else 0) for each in newest
    )
