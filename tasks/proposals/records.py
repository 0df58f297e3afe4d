"""Propose to add to a record of the improvement programme, and offer the records to which something can be added."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tasks.changes.record import Refused
from tasks.council.programme import NoProgramme, UpdateRefused, programme_now, updating
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Proposal
from timeline.programme.as_known import NotPublished
from timeline.programme.history import words_of
from timeline.programme.updates import TRAINING, Part, updated
from timeline.steering.filters import Choice
from timeline.steering.record_sheet import record_sheet
from timeline.steering.records import ProgrammeNow

KNOWN = "This is recorded already: nothing changes."


def now_of(run: CouncilRun) -> ProgrammeNow:
    """Read the programme. Raise Refused where there is none, or none that may be told."""
    try:
        now = programme_now(run.store, run.settings, at=run.at)
        # Looked at here: while the findings are under embargo nothing of them is told, and nothing is added.
        _ = now.programme
    except NoProgramme:
        raise Refused(
            "No programme is stored: write its records beside the timeline (NAME.programme.yaml), then apply it."
        ) from None
    except NotPublished as early:
        raise Refused(str(early)) from None
    return now


def adding(run: CouncilRun, record: str, part: Part) -> Proposal:
    """Propose to add a part to a record. Raise Refused."""
    now = now_of(run)
    try:
        looked_at = updating(run.store, now, record, part)
    except UpdateRefused as refused:
        raise Refused(str(refused)) from None
    after = replace(now, whole=updated(now.whole, [looked_at.update("", at=run.at)]))

    def make(who: str, at: datetime) -> Done:
        added = looked_at.add(who, at=at)
        return Done((_stands(after, record),)) if added else Done((KNOWN,), already=True)

    title = now.title(record)
    words = " ".join(filter(None, words_of(part, after.programme, record)))
    return Proposal(
        says=(f"{title}: {words}" if title else words,),
        notes=tuple(filter(None, (_before(now, record), _stands(after, record)))),
        already=KNOWN if looked_at.stands(at=run.at) else "",
        make=make,
    )


def _before(now: ProgrammeNow, record: str) -> str:
    sheet = record_sheet(now, record)
    return f"Until now: {sheet.rag}. {sheet.why}" if sheet and sheet.rag else ""


def _stands(after: ProgrammeNow, record: str) -> str:
    sheet = record_sheet(after, record)
    return f"Then: {sheet.rag}. {sheet.why}" if sheet and sheet.rag else "It is added to the record."


def records(run: CouncilRun, kind: str) -> tuple[Choice, ...]:
    """Offer the records of a kind by their titles; none where no programme may be told."""
    try:
        programme = now_of(run).programme
    except Refused:
        return ()
    if kind == TRAINING:
        return (Choice(TRAINING, programme.training.title),) if programme.training else ()
    held: Any = getattr(programme, kind)
    return tuple(Choice(f"{kind}.{key}", record.title) for key, record in held.items())
