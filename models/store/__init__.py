"""Keep Daymark's memory: every SQL statement, with dataclasses of `timeline` in and out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.store.audit.audit import AuditEvent
    from models.store.audit.legal_hold import Hold
    from models.store.audit.prefect_news import News, heard, news
    from models.store.audit.trails import Trail
    from models.store.base.engine import OnHold, StoreError, open_engine
    from models.store.base.together import OtherCouncil, together
    from models.store.changes.apply import Applied
    from models.store.changes.revisions import Revision
    from models.store.definitions.task import Linked, LoadedTask, find_token
    from models.store.inbound.absences import SaidEnd
    from models.store.ledger.history import Entry
    from models.store.ledger.outdated import Outdated
    from models.store.outbox.chats import Card
    from models.store.outbox.claims import HandedOver
    from models.store.outbox.composing import OutgoingNotice
    from models.store.outbox.deliveries import DeliveryReceipt
    from models.store.outbox.stop_sending import stopped_anywhere
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
    "HandedOver",
    "Hold",
    "Known",
    "Linked",
    "LoadedTask",
    "News",
    "OnHold",
    "OtherCouncil",
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
    "find_token",
    "heard",
    "news",
    "open_engine",
    "stopped_anywhere",
    "together",
]

_WHERE = {
    "Applied": "models.store.changes.apply",
    "AuditEvent": "models.store.audit.audit",
    "Card": "models.store.outbox.chats",
    "DeliveryReceipt": "models.store.outbox.deliveries",
    "Entry": "models.store.ledger.history",
    "HandedOver": "models.store.outbox.claims",
    "Hold": "models.store.audit.legal_hold",
    "Known": "models.store.privacy.identity",
    "Linked": "models.store.definitions.task",
    "LoadedTask": "models.store.definitions.task",
    "News": "models.store.audit.prefect_news",
    "OnHold": "models.store.base.engine",
    "OtherCouncil": "models.store.base.together",
    "Outdated": "models.store.ledger.outdated",
    "OutgoingNotice": "models.store.outbox.composing",
    "Revision": "models.store.changes.revisions",
    "RevisionKind": "models.tables",
    "SaidEnd": "models.store.inbound.absences",
    "Stopped": "timeline.escalation.quiet",
    "Store": "models.store.store",
    "StoreError": "models.store.base.engine",
    "Stored": "models.store.plan.lookup",
    "Trail": "models.store.audit.trails",
    "councils": "models.store.store",
    "find_token": "models.store.definitions.task",
    "heard": "models.store.audit.prefect_news",
    "news": "models.store.audit.prefect_news",
    "open_engine": "models.store.base.engine",
    "stopped_anywhere": "models.store.outbox.stop_sending",
    "together": "models.store.base.together",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: a command that lists tasks would pay for what erases and seals."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
