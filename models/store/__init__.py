"""Daymark's memory: every SQL statement, and the heart's dataclasses in and out."""

from models.store.applying import Applied
from models.store.audit import AuditEvent
from models.store.coming_in import Letter
from models.store.engine import open_engine
from models.store.errors import OnHold, StoreError
from models.store.holding import Hold
from models.store.known import Known
from models.store.lookup import Stored
from models.store.misleading import Misled
from models.store.revisions import Revision
from models.store.silence import Stopped
from models.store.spoken import Entry
from models.store.store import Store, councils
from models.store.trails import Trail
from models.tables import RevisionKind

__all__ = [
    "Applied",
    "AuditEvent",
    "Entry",
    "Hold",
    "Known",
    "Letter",
    "Misled",
    "OnHold",
    "Revision",
    "RevisionKind",
    "Stopped",
    "Store",
    "StoreError",
    "Stored",
    "Trail",
    "councils",
    "open_engine",
]
