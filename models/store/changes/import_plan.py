"""Import the action plan: one transaction, one revision, one statement of the programme."""

from datetime import datetime

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.engine import Overtaken
from models.store.base.transaction import Transaction
from models.store.changes import revisions
from models.store.programme import statements
from models.tables import RevisionKind
from timeline.programme.programme import Programme


def import_plan(tx: Transaction, programme: Programme, *, since: str, at: datetime, who: str, source: str) -> bool:
    """State the programme with the plan of a workbook; `undo` states the earlier plan anew. False, and nothing is
    written, when it is stated so already.

    `since` is the mark of the programme on which the workbook was laid. Raise Overtaken when it changed since: what
    somebody else stated meanwhile would be lost.
    """
    if not statements.differs(tx, programme):
        return False
    if statements.mark(tx) != since:
        raise Overtaken(f"The programme was changed while {source} was read: nothing was imported; import it again.")
    audit.record(tx, [Event(what="plan imported", ref=tx.council, who=who, why=source)], at=at)
    number = revisions.add(tx, RevisionKind.PLAN, at=at, who=who, source=source)
    statements.state(tx, programme, revision=number, at=at, who=who, why=source)
    return True
