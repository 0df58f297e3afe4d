"""Find the day from which evidence is read: the last that was proved whole, if what it was proved from still stands."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import col, func, select

from models.store.assurance import runs
from models.store.audit import audit
from models.store.base.transaction import Transaction
from models.tables import AuditEventRow, PromptRow, ResponseRow, RevisionRow
from timeline.assurance.chain import is_whole_due
from timeline.assurance.evidence import Extent, ProvedDay
from timeline.assurance.proved import Since, still_stands
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.prompts import PromptState


class Beginning(NamedTuple):
    """Hold the day proved, and the tasks to which something has happened since or of which something waits."""

    proved: ProvedDay
    touched: frozenset[str]

    @property
    def read(self) -> frozenset[str]:
        """Give the tasks of which everything said and answered is read."""
        return self.touched | frozenset(self.proved.open)

    def settles(self, ref: str, due_on: date | None) -> bool:
        """Tell whether a task was over by then, and nothing has happened to it since."""
        return self.proved.settles(ref, due_on) and ref not in self.touched


def beginning(tx: Transaction, timeline: CouncilTimeline, *, at: datetime) -> Beginning | None:
    """Give where to begin; None for the beginning of everything."""
    last = next(iter(runs.runs(tx, 1)), None)
    proved = last.proved if last else None
    if last is None or proved is None or is_whole_due(last.chain, at=at):
        return None
    revised = select(func.max(RevisionRow.at)).where(col(RevisionRow.council) == tx.council)
    since = Since(extent=_extent_then(tx, proved), revised_at=tx.session.exec(revised).one(), facts=timeline.facts)
    return Beginning(proved, _touched(tx, proved)) if still_stands(proved, since, at=at) else None


def extent(tx: Transaction, *, at: datetime) -> Extent:
    """Count what is read now."""
    sequence, head = audit.chain_end(tx)
    last = select(func.max(PromptRow.id)).where(col(PromptRow.council) == tx.council)
    number = tx.session.exec(last).first() or 0
    return Extent(
        sequence=sequence, head=head, last_prompt=number, prompts=_prompts(tx, number), answers=_answers(tx, at)
    )


def _extent_then(tx: Transaction, proved: ProvedDay) -> Extent:
    """Count what there is still of what was read then."""
    then = proved.extent
    mine = col(AuditEventRow.council) == tx.council, col(AuditEventRow.sequence) == then.sequence
    return Extent(
        sequence=then.sequence,
        head=tx.session.exec(select(AuditEventRow.hash).where(*mine)).one_or_none() or "",
        last_prompt=then.last_prompt,
        prompts=_prompts(tx, then.last_prompt),
        answers=_answers(tx, proved.at),
    )


def _prompts(tx: Transaction, last: int) -> int:
    mine = col(PromptRow.council) == tx.council, col(PromptRow.id) <= last
    return tx.session.exec(select(func.count()).select_from(PromptRow).where(*mine)).first() or 0


def _answers(tx: Transaction, until: datetime) -> int:
    mine = col(ResponseRow.council) == tx.council, col(ResponseRow.at) <= until
    return tx.session.exec(select(func.count()).select_from(ResponseRow).where(*mine)).first() or 0


def _touched(tx: Transaction, proved: ProvedDay) -> frozenset[str]:
    """Name what the trail, the ledger and the answers name since, and what waits; messages and people are among it."""
    then = proved.extent
    events = select(AuditEventRow.ref).where(
        col(AuditEventRow.council) == tx.council, col(AuditEventRow.sequence) > then.sequence
    )
    waiting = or_(col(PromptRow.id) > then.last_prompt, col(PromptRow.state) == PromptState.WAITING)
    prompts = select(PromptRow.milestone).where(col(PromptRow.council) == tx.council, waiting)
    answers = select(ResponseRow.milestone).where(
        col(ResponseRow.council) == tx.council, col(ResponseRow.at) > proved.at
    )
    return frozenset(ref for which in (events, prompts, answers) for ref in tx.session.exec(which.distinct()))
