"""Keep Daymark's memory: every SQL statement, with dataclasses of `timeline` in and out."""

from models.store.audit.audit import AuditEvent
from models.store.audit.legal_hold import Hold
from models.store.audit.trails import Trail
from models.store.base.engine import OnHold, StoreError, open_engine
from models.store.changes.apply import Applied
from models.store.changes.revisions import Revision
from models.store.inbound.absences import SaidEnd
from models.store.inbound.inbound import OutgoingNotice
from models.store.ledger.history import Entry
from models.store.ledger.outdated import Outdated
from models.store.outbox.chats import Card
from models.store.outbox.deliveries import DeliveryReceipt
from models.store.plan.lookup import Stored
from models.store.privacy.identity import Known
from models.store.store import Store, councils
from models.tables import RevisionKind
from timeline.escalation.quiet import Stopped

__all__ = [
    "Applied",
    "AuditEvent",
    "Card",
    "DeliveryReceipt",
    "Entry",
    "Hold",
    "Known",
    "OnHold",
    "Outdated",
    "OutgoingNotice",
    "Revision",
    "RevisionKind",
    "SaidEnd",
    "Stopped",
    "Store",
    "StoreError",
    "Stored",
    "Trail",
    "councils",
    "open_engine",
]
