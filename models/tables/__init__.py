"""Hold the tables, one file for each noun. Their rows never leave `models/`."""

from models.tables.assurance import AssuranceRunRow, ProbeRow
from models.tables.audit import AuditEventRow, FreeTextRow, SealRow
from models.tables.base import Row
from models.tables.council import (
    CouncilRow,
    FactRow,
    ImportedKind,
    ImportedRow,
    ObligationRow,
    OffDayKind,
    OffDayRow,
    PauseRow,
    RevisionKind,
    RevisionRow,
)
from models.tables.inbound import BriefingRow, InboundRow, ResponseRow
from models.tables.ledger import ChannelRow, DeadAddressRow, DeliveryRow, MessageRow, PromptRow, TokenRow
from models.tables.people import (
    AbsenceEndRow,
    AbsenceRow,
    HeardAbsenceRow,
    HolderRow,
    PersonRow,
    PostRow,
    TeamsChatRow,
)
from models.tables.plan import MilestoneRow, OccurrenceRow, SharedDefinitionRow
from models.tables.programme import LinkAnswerRow, ProgrammeRow, ProgrammeUpdateRow, ReportReleaseRow
from models.tables.teams import TeamsCardRow, TeamsWaitingChatRow

__all__ = [
    "AbsenceEndRow",
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
    "LinkAnswerRow",
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
    "ProgrammeRow",
    "ProgrammeUpdateRow",
    "PromptRow",
    "ReportReleaseRow",
    "ResponseRow",
    "RevisionKind",
    "RevisionRow",
    "Row",
    "SealRow",
    "SharedDefinitionRow",
    "TeamsCardRow",
    "TeamsChatRow",
    "TeamsWaitingChatRow",
    "TokenRow",
]
