"""Hold assurances: what each found, and since when it looked."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from models.tables.base import Instant, Row


class AssuranceRunRow(Row, table=True):
    """Hold an assurance: `definition` is the AssuranceRun; the figures stand next to it."""

    __tablename__ = "assurance_run"

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    since: datetime = Field(sa_type=Instant)
    due: int
    sent: int
    delivered: int
    answered: int
    waiting: int
    suppressed: int
    unexplained: int
    definition: str


class ProbeRow(Row, table=True):
    """Hold a message to ourselves: `sha256` is of its token; `outcome` is the receipt's. `returned_at` is when our
    mailbox brought it back, which only what `returns` can do.
    """

    __tablename__ = "probe"
    __table_args__ = (Index("ix_probe_channel", "council", "channel", "sent_at"),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    sha256: str = Field(primary_key=True)
    channel: str
    sent_at: datetime = Field(sa_type=Instant)
    outcome: str
    why: str
    returns: bool
    returned_at: datetime | None = Field(default=None, sa_type=Instant)
