"""The ledger: one row for one rung due for one person."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import JSON, Field

from models.tables.base import Row
from models.tables.columns import NO, NO_LIST, NO_TEXT, Instant, words
from timeline.prompts import PromptKind, PromptState

_LEAVES = text("state = 'waiting' AND message IS NULL")


class PromptRow(Row, table=True):
    """The unique key is the promise that nothing is said twice; no part of it can be NULL, which would break it.

    `tried` are the ways, "person/channel", on which it could not be delivered. What was withdrawn for a pause is
    `paused`: it may be written again.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        ForeignKeyConstraint(["council", "milestone"], ["milestone.council", "milestone.ref"]),
        ForeignKeyConstraint(["council", "message"], ["message.council", "message.key"]),
        UniqueConstraint("council", "milestone", "due_on", "rung", "person", "repeat"),
        Index("ix_prompt_waiting", "council", "send_at", sqlite_where=_LEAVES, postgresql_where=_LEAVES),
        Index("ix_prompt_message", "council", "message"),
        Index("ix_prompt_accepted_at", "council", "accepted_at"),
        Index("ix_prompt_stands_in_for", "council", "stands_in_for", "accepted_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    council: str = Field(foreign_key="council.key")
    milestone: str
    due_on: date
    rung: str
    person: str
    repeat: int
    kind: PromptKind = Field(sa_type=words(PromptKind))
    selector: str
    post: str
    meant_for: str
    deliver_to: str
    rung_at: datetime = Field(sa_type=Instant)
    send_at: datetime = Field(sa_type=Instant)
    timed: bool
    urgent: bool
    channels: list[str] = Field(sa_type=JSON)
    invite: bool = Field(default=False, sa_column_kwargs=NO)
    tried: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs=NO_LIST)
    why: str
    superseded_by: str
    stands_in_for: str = Field(default="", sa_column_kwargs=NO_TEXT)
    state: PromptState = Field(sa_type=words(PromptState))
    reason: str = ""
    written_at: datetime = Field(sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
    undeliverable: bool = False
    paused: bool = Field(default=False, sa_column_kwargs=NO)
    message: str | None = None
