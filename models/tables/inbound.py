"""What came in by mail or Teams: one row for each message, whatever was made of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant, words
from timeline.inbound import InboundState
from timeline.responses import Answer


class InboundRow(Row, table=True):
    """The heart's Inbound. What strangers typed, `sender` and `text`, stands in `free_text`."""

    __tablename__ = "inbound"
    __table_args__ = (
        Index("ix_inbound_state", "council", "state", "received_at"),
        ForeignKeyConstraint(["council", "sender"], ["free_text.council", "free_text.digest"]),
        ForeignKeyConstraint(["council", "text"], ["free_text.council", "free_text.digest"]),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    id: str = Field(primary_key=True)
    via: str
    received_at: datetime = Field(sa_type=Instant)
    kind: str
    state: InboundState = Field(sa_type=words(InboundState))
    why: str
    person: str
    by: str
    milestone: str
    message: str
    due_on: date | None = None
    number: int | None = None
    asks: Answer | None = Field(default=None, sa_type=words(Answer))
    sender: str | None = None
    text: str | None = None
    held_back: bool
    closed_by: str
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
