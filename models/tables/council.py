"""The council that everything else is bound to."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class CouncilRow(Row, table=True):
    """`definition` is the heart's Council. `audit_sequence` and `audit_head` are the end of its audit chain."""

    __tablename__ = "council"

    key: str = Field(primary_key=True)
    name: str
    definition: str
    source: str
    digest: str
    first_applied_at: datetime | None = Field(default=None, sa_type=Instant)
    applied_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_by: str = ""
    stopped_why: str = ""
    audit_sequence: int = 0
    audit_head: str
