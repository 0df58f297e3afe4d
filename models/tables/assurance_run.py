"""Assurances: what each found, and since when it looked."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class AssuranceRunRow(Row, table=True):
    """`definition` is the heart's AssuranceRun; the figures stand beside it."""

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
