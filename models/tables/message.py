"""Messages: what leaves for one person by one channel, word for word."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import JSON, Field

from models.tables.base import Row
from models.tables.columns import NO_TEXT, Instant, words
from timeline.messages import MessageState


class MessageRow(Row, table=True):
    """`tokens` is the heart's TokenOf list; `claimed_at` is when somebody last began to send it.

    `calendar` is an invitation as it stands in the mail; `in_reply_to` the Message-ID of the mail it answers.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_next_attempt_at", "council", "state", "next_attempt_at"),
        Index("ix_message_composed_at", "council", "composed_at"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    channel: str
    deliver_to: str
    kind: str
    subject: str
    text: str
    html: str
    tokens: str
    prompts: list[int] = Field(sa_type=JSON)
    composed_at: datetime = Field(sa_type=Instant)
    state: MessageState = Field(sa_type=words(MessageState))
    attempts: int
    next_attempt_at: datetime | None = Field(default=None, sa_type=Instant)
    calendar: str = Field(default="", sa_column_kwargs=NO_TEXT)
    in_reply_to: str = Field(default="", sa_column_kwargs=NO_TEXT)
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
