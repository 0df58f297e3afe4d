"""Hold the tables of our bot in Teams: chats that wait for their person, and how the cards in the chats stand."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from models.tables.base import Instant, Row


class TeamsWaitingChatRow(Row, table=True):
    """Hold the chat of an account that the directory does not name yet; gone once it is named, or the app removed."""

    __tablename__ = "teams_waiting_chat"

    council: str = Field(primary_key=True, foreign_key="council.key")
    account: str = Field(primary_key=True)
    conversation: str
    service_url: str
    member: str
    bot: str
    since_at: datetime = Field(sa_type=Instant)


class TeamsCardRow(Row, table=True):
    """Hold the last look at the card of a message.

    `shown` is the digest of how its tasks stood in it, empty as it was sent. After `tries` in vain it is edited again
    at `next_at`.
    """

    __tablename__ = "teams_card"
    __table_args__ = (
        ForeignKeyConstraint(["council", "message"], ["message.council", "message.key"]),
        Index("ix_teams_card_next_at", "council", "next_at"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    message: str = Field(primary_key=True)
    shown: str
    looked_at: datetime = Field(sa_type=Instant)
    tries: int
    next_at: datetime | None = Field(default=None, sa_type=Instant)
