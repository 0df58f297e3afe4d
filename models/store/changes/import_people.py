"""Import people: one transaction, one revision, and an event for each person and post that changes."""

from datetime import datetime

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.engine import StoreError
from models.store.base.transaction import Transaction
from models.store.changes import revisions
from models.store.changes.apply import Laying, lay_out, planned
from models.store.changes.requeue import reached_again
from models.store.ledger import prompts
from models.store.people import directory, imported
from models.tables import CouncilRow, RevisionKind
from timeline.definitions.council import OFFICE_HOURS
from timeline.definitions.imports import Imported, merged_imports, with_imports


def import_people(
    tx: Transaction, given: Imported, *, at: datetime, who: str, source: str, laying: Laying | None = None
) -> bool:
    """Lay what a file says of people and posts over the timeline's own; `undo` takes it back. False, and nothing is
    written, when the imports say so already. Raise StoreError.
    """
    if tx.session.get_one(CouncilRow, tx.council).first_applied_at is None:
        raise StoreError("Nothing is stored for this council yet: apply its timeline first.")
    said = imported.stored(tx)
    now = merged_imports(said, given)
    if now == said:
        return False
    stated, kept = directory.stored(tx), imported.text(tx)
    before, after = with_imports(stated, said), with_imports(stated, now)
    directory.remember(tx, after.people.values(), at=at)
    events = [Event(what="people imported", ref=tx.council, who=who, why=source)]
    events += imported.keep(tx, given, at=at, who=who)
    audit.record(tx, [*events, *directory.differences(tx, before, after, who=who)], at=at)
    revisions.add(tx, RevisionKind.IMPORT, before=kept, at=at, who=who, source=source)
    prompts.wake_all(tx, at=at)
    lay_out(tx, planned(tx, laying, OFFICE_HOURS), at=at, who=who, why=f"{source} was imported")
    reached_again(tx, at=at)
    return True
