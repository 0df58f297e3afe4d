"""Take the first apply back: an empty store but for the audit chain, while nothing was said yet."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, func, select

from models.store.audit.audit import Event
from models.store.base.engine import StoreError
from models.store.base.transaction import Transaction
from models.store.definitions import duties, pauses
from models.store.people import directory
from models.tables import (
    BriefingRow,
    CouncilRow,
    InboundRow,
    MessageRow,
    MilestoneRow,
    OccurrenceRow,
    PauseRow,
    PromptRow,
    ResponseRow,
    SharedDefinitionRow,
)
from timeline.definitions.council import Council, CouncilTimeline

_SAID = (PromptRow, MessageRow, ResponseRow, InboundRow, BriefingRow)


def take_back(tx: Transaction, row: CouncilRow, *, at: datetime, who: str) -> list[Event]:
    """Empty the store of what the apply stated, and return what changed; its facts are taken back by the caller.

    The plan is deleted, so that a later first apply keeps no date of this plan. Raise StoreError when something was
    written, sent or received since: no record of that may go.
    """
    if _said_anything(tx):
        raise StoreError(
            "The first apply cannot be taken back: reminders were written or answers came in since. Apply the right "
            "file, or silence this council with daymark stop-sending."
        )
    nothing = CouncilTimeline(council=Council(key=tx.council, name=row.name), obligations=())
    happened: list[Event] = []
    for change in (directory.replace, duties.replace, pauses.replace):
        happened += change(tx, nothing, at=at, who=who)
    for pause in tx.session.exec(select(PauseRow).where(col(PauseRow.council) == tx.council)):
        pause.ended_at = pause.ended_at or at
    tx.session.flush()
    for table in (MilestoneRow, SharedDefinitionRow, OccurrenceRow):
        tx.session.exec(delete(table).where(col(table.council) == tx.council))
    row.first_applied_at = row.applied_at = None
    row.definition = row.digest = row.source = ""
    return happened


def _said_anything(tx: Transaction) -> bool:
    counts = (select(func.count()).select_from(table).where(col(table.council) == tx.council) for table in _SAID)
    return any(tx.session.exec(count).one() for count in counts)
