"""Addresses that a bounce, or a server's final no, has shown to be dead."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class DeadAddressRow(Row, table=True):
    """`sha256` is of the address (or number) that was dead: with another one the person is reached again."""

    __tablename__ = "dead_address"

    council: str = Field(primary_key=True, foreign_key="council.key")
    person: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    sha256: str
    why: str
    since_at: datetime = Field(sa_type=Instant)
