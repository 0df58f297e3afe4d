"""Keep drafts for the lead member: made, withdrawn, and released or discarded once, however often a button is
pressed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.store.outbox import composing as sending
from models.store.outbox.composing import OutgoingNotice
from models.tables import BriefingRow
from timeline.director.briefings import Briefing, BriefingDecision, BriefingState


def briefings(tx: Transaction) -> tuple[Briefing, ...]:
    """Read every draft there ever was, by task and date."""
    rows = select(BriefingRow).where(col(BriefingRow.council) == tx.council)
    scalar_result = tx.session.exec(rows.order_by(col(BriefingRow.milestone), col(BriefingRow.due_on)))
    return tuple(_briefing(row) for row in scalar_result)


def keep_briefings(tx: Transaction, decided: BriefingDecision, *, at: datetime) -> None:
    """Store what was decided about drafts; a draft settled meanwhile stays as it is."""
    for briefing in decided.made:
        row = tx.session.get(BriefingRow, (tx.council, briefing.milestone, briefing.due_on))
        if row is None or row.state is BriefingState.WITHDRAWN:
            tx.session.merge(_row(tx.council, briefing))
            happened = Event(
                what="briefing drafted", ref=briefing.milestone, after=str(briefing.due_on), why=briefing.because.value
            )
            audit.record(tx, [happened], at=at)
    tx.session.flush()
    for briefing, why in decided.withdrawn:
        withdraw_briefing(tx, briefing, why=why, at=at)


def withdraw_briefing(tx: Transaction, briefing: Briefing, *, why: str, at: datetime) -> bool:
    """Withdraw a draft that waits, or whose mail has not left; False when its state has changed by now."""
    states = (BriefingState.WAITING, BriefingState.RELEASED)
    if not _set(tx, briefing, states, state=BriefingState.WITHDRAWN):
        return False
    event = Event(what="briefing withdrawn", ref=briefing.milestone, before=str(briefing.due_on), why=why)
    audit.record(tx, [event], at=at)
    return True


def release_briefing(
    tx: Transaction, settled: Briefing, notice: OutgoingNotice, *, for_whom: str, via: str, at: datetime
) -> bool:
    """Release a draft and put its mail into the outbox; False, and nothing is written, when it waits no longer."""
    if not _settle(tx, settled):
        return False
    sending.compose(tx, notice.message, token_hashes=notice.token_hashes, at=at)
    _record(tx, "briefing released", settled, for_whom=for_whom, via=via, at=at)
    return True


def discard_briefing(tx: Transaction, settled: Briefing, *, for_whom: str, via: str, at: datetime) -> bool:
    """Discard a draft for good; False, and nothing is written, when it waits no longer."""
    if not _settle(tx, settled):
        return False
    _record(tx, "briefing discarded", settled, for_whom=for_whom, via=via, at=at)
    return True


def _settle(tx: Transaction, settled: Briefing) -> bool:
    values = {name: getattr(settled, name) for name in ("state", "decided_by", "decided_at", "message")}
    return _set(tx, settled, (BriefingState.WAITING,), **values)


def _set(tx: Transaction, briefing: Briefing, states: Sequence[BriefingState], **values: Any) -> bool:
    mine = update(BriefingRow).where(
        col(BriefingRow.council) == tx.council,
        col(BriefingRow.milestone) == briefing.milestone,
        col(BriefingRow.due_on) == briefing.due_on,
        col(BriefingRow.state).in_(states),
    )
    return tx.session.exec(mine.values(**values)).rowcount == 1


def _record(tx: Transaction, what: str, settled: Briefing, *, for_whom: str, via: str, at: datetime) -> None:
    event = Event(
        what=what,
        ref=settled.milestone,
        who=settled.decided_by,
        for_whom=for_whom,
        via=via,
        before=BriefingState.WAITING.value,
        after=settled.state.value,
        why=f"About the date {settled.due_on}.",
    )
    audit.record(tx, [event], at=at)


def _briefing(row: BriefingRow) -> Briefing:
    return Briefing(**{name: getattr(row, name) for name in Briefing.__dataclass_fields__})


def _row(council: str, briefing: Briefing) -> BriefingRow:
    parts: dict[str, Any] = {name: getattr(briefing, name) for name in Briefing.__dataclass_fields__}
    return BriefingRow(council=council, **parts)
