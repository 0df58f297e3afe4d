"""Keep assurance runs with their findings, so that the next run knows since when to look and what was reported."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, func, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import canonical, read, storable, written
from models.store.base.transaction import Transaction
from models.tables import AssuranceRunRow, CouncilRow, MilestoneRow, ProbeRow, PromptRow
from timeline.assurance.probes import Probed
from timeline.assurance.run import AssuranceRun, FindingKind
from timeline.calendar.clock_jumps import TOLERANCE
from timeline.escalation.prompts import PromptKey, PromptState
from timeline.planning.occurrences import Milestone

_FIGURES = ("due", "sent", "delivered", "answered", "waiting", "suppressed", "unexplained")


def keep_run(tx: Transaction, run: AssuranceRun) -> None:
    """Store an assurance run, and record an event with its figures."""
    last = select(func.max(AssuranceRunRow.number)).where(col(AssuranceRunRow.council) == tx.council)
    figures = {name: getattr(run.figures, name) for name in _FIGURES}
    slim = replace(run, findings=tuple(replace(finding, prompt=None) for finding in run.findings))
    before = tx.session.exec(last).first() or 0
    _forget_proof(tx, before)
    number = before + 1
    row: dict[str, Any] = {
        "council": tx.council,
        "number": number,
        "at": run.at,
        "since": run.since,
        "definition": written(slim),
    }
    tx.session.add(AssuranceRunRow(**row, **figures))
    what = "assurance: unexplained" if run.figures.unexplained else "assurance"
    audit.record(tx, [Event(what=what, ref=tx.council, after=canonical(figures))], at=run.at)


def _forget_proof(tx: Transaction, number: int) -> None:
    """Drop from the run before where the next would begin: only the last is asked for it, and it names many tasks."""
    row = tx.session.get(AssuranceRunRow, (tx.council, number))
    if row:
        row.definition = written(replace(read(AssuranceRun, row.definition), proved=None))


def runs(tx: Transaction, limit: int = 10) -> tuple[AssuranceRun, ...]:
    """Read the last assurance runs, the latest first."""
    mine = select(AssuranceRunRow.definition).where(col(AssuranceRunRow.council) == tx.council)
    scalar_result = tx.session.exec(mine.order_by(col(AssuranceRunRow.number).desc()).limit(limit))
    return tuple(read(AssuranceRun, definition) for definition in scalar_result)


def evidence_since(tx: Transaction, *, at: datetime) -> datetime | None:
    """Return when the last assurance up to `at` ran, else when the first timeline was applied; None before that.

    A run of a later instant had another clock: what falls due until then is still to be reckoned.
    """
    mine = col(AssuranceRunRow.council) == tx.council, col(AssuranceRunRow.at) <= at
    # By number, which is the order in which they ran: a run of a later clock may bear a later instant than the last.
    latest = select(AssuranceRunRow.at).where(*mine).order_by(col(AssuranceRunRow.number).desc())
    last = tx.session.exec(latest.limit(1)).first()
    return last or tx.session.exec(select(CouncilRow.first_applied_at).where(col(CouncilRow.key) == tx.council)).one()


def reported(tx: Transaction) -> dict[PromptKey, int]:
    """Read the prompts whose rows earlier runs reported missing, and how often each had been written then."""
    mine = select(AssuranceRunRow.definition).where(
        col(AssuranceRunRow.council) == tx.council, col(AssuranceRunRow.unexplained) > 0
    )
    every = (read(AssuranceRun, definition) for definition in tx.session.exec(mine))
    gone = [finding for run in every for finding in run.findings if finding.kind is FindingKind.ROW_GONE]
    latest: dict[PromptKey, int] = {}
    for finding in gone:
        if finding.about:
            latest[finding.about] = max(finding.written, latest.get(finding.about, 0))
    return latest


def put_right(tx: Transaction, tasks: Sequence[Milestone], *, at: datetime) -> None:
    """Restore to these tasks the dates and the owner that the rules give, where the database was changed by hand."""
    for task in tasks:
        row = tx.session.get(MilestoneRow, (tx.council, task.ref))
        if row is None or (row.due_on, row.legal_on, row.owner) == (task.due_on, task.legal_on, task.owner):
            continue
        before, after = (canonical({"due_on": dated.due_on, "legal_on": dated.legal_on}) for dated in (row, task))
        row.due_on, row.legal_on, row.owner = task.due_on, task.legal_on, task.owner
        row.next_rung_at = row.looked_at = at
        why = "The database held another date or owner than the rules give."
        audit.record(tx, [Event(what="put right", ref=task.ref, before=before, after=after, why=why)], at=at)


def disbelieve(tx: Transaction, keys: Collection[PromptKey], *, at: datetime) -> None:
    """Let prompts be written again that were never said and whose stated reason was not so."""
    refused = select(PromptRow).where(
        col(PromptRow.council) == tx.council,
        col(PromptRow.milestone).in_({key.milestone for key in keys}),
        col(PromptRow.state).in_((PromptState.SUPERSEDED, PromptState.SUPPRESSED)),
        col(PromptRow.accepted_at).is_(None),
    )
    for row in tx.session.exec(refused) if keys else ():
        if PromptKey(row.milestone, row.due_on, row.rung, row.person, row.repeat) in keys:
            row.paused = True
            why = f"“{row.reason or row.superseded_by}” was not so."
            audit.record(
                tx, [Event(what="reason disproved", ref=row.milestone, for_whom=row.meant_for, why=why)], at=at
            )


def probe_sent(
    tx: Transaction, sha256: str, *, channel: str, outcome: str, why: str, returns: bool, at: datetime
) -> None:
    """Record that a probe was handed to a channel, or was not. Those that a later clock sent are forgotten: they would
    say for weeks how the channel is.
    """
    later = delete(ProbeRow).where(col(ProbeRow.council) == tx.council, col(ProbeRow.sent_at) > at + TOLERANCE)
    tx.session.exec(later)
    row = ProbeRow(council=tx.council, sha256=sha256, channel=channel, sent_at=at, outcome=outcome, why=storable(why),
                   returns=returns)  # fmt: skip
    tx.session.merge(row)


def probe_returned(tx: Transaction, sha256: str, *, at: datetime) -> bool:
    """Record that our mailbox received a probe; False when it is not ours. The first time counts."""
    row = tx.session.get(ProbeRow, (tx.council, sha256))
    if row is None:
        return False
    row.returned_at = row.returned_at or at
    return True


def last_probes(tx: Transaction) -> dict[str, Probed]:
    """Read the last probe of each channel, by name."""
    rows = select(ProbeRow).where(col(ProbeRow.council) == tx.council).order_by(col(ProbeRow.sent_at))
    parts = Probed._fields
    return {row.channel: Probed(*(getattr(row, name) for name in parts)) for row in tx.session.exec(rows)}
