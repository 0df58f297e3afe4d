"""Channels as they fare: the circuit breaker's memory, for every process that sends."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class ChannelRow(Row, table=True):
    """After `failures` in a row the channel rests until `rests_until`, and is then tried with one message."""

    __tablename__ = "channel"

    council: str = Field(primary_key=True, foreign_key="council.key")
    name: str = Field(primary_key=True)
    failures: int
    rests_until: datetime | None = Field(default=None, sa_type=Instant)
    failed_because: str
    changed_at: datetime = Field(sa_type=Instant)
