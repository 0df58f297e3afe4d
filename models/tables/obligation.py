"""Duties as the applied timeline states them."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant, words
from timeline.duties import DutyClass, Status


class ObligationRow(Row, table=True):
    """`definition` is the heart's Obligation; a duty that the timeline no longer has is kept with `dropped_at`."""

    __tablename__ = "obligation"

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    position: int
    title: str
    duty_class: DutyClass = Field(sa_type=words(DutyClass))
    status: Status = Field(sa_type=words(Status))
    owner: str
    rule: str
    basis: str
    version: int
    definition: str
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
