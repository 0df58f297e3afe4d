"""The tables, one file for each noun. Their rows never leave `models/`."""

from models.tables.absence import AbsenceRow
from models.tables.assurance_run import AssuranceRunRow
from models.tables.audit_event import AuditEventRow
from models.tables.base import Row
from models.tables.briefing import BriefingRow
from models.tables.channel import ChannelRow
from models.tables.council import CouncilRow
from models.tables.dead_address import DeadAddressRow
from models.tables.delivery import DeliveryRow
from models.tables.fact import FactRow
from models.tables.free_text import FreeTextRow
from models.tables.heard_absence import HeardAbsenceRow
from models.tables.holder import HolderRow
from models.tables.imported import ImportedKind, ImportedRow
from models.tables.inbound import InboundRow
from models.tables.message import MessageRow
from models.tables.milestone import MilestoneRow
from models.tables.obligation import ObligationRow
from models.tables.occurrence import OccurrenceRow
from models.tables.off_day import OffDayKind, OffDayRow
from models.tables.pause import PauseRow
from models.tables.person import PersonRow
from models.tables.post import PostRow
from models.tables.probe import ProbeRow
from models.tables.prompt import PromptRow
from models.tables.response import ResponseRow
from models.tables.revision import RevisionKind, RevisionRow
from models.tables.token import TokenRow

__all__ = [
    "AbsenceRow",
    "AssuranceRunRow",
    "AuditEventRow",
    "BriefingRow",
    "ChannelRow",
    "CouncilRow",
    "DeadAddressRow",
    "DeliveryRow",
    "FactRow",
    "FreeTextRow",
    "HeardAbsenceRow",
    "HolderRow",
    "ImportedKind",
    "ImportedRow",
    "InboundRow",
    "MessageRow",
    "MilestoneRow",
    "ObligationRow",
    "OccurrenceRow",
    "OffDayKind",
    "OffDayRow",
    "PauseRow",
    "PersonRow",
    "PostRow",
    "ProbeRow",
    "PromptRow",
    "ResponseRow",
    "RevisionKind",
    "RevisionRow",
    "Row",
    "TokenRow",
]
