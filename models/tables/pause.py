"""Pauses of a duty or of a person: each is a row, which ends and is never changed."""

from datetime import date, datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class PauseRow(Row, table=True):
    """The heart's Pause. Those stated in the timeline give way to the next apply, those by command end by command;
    `ended_at` says when.
    """

    __tablename__ = "pause"

    id: int | None = Field(default=None, primary_key=True)
    council: str = Field(foreign_key="council.key", index=True)
    obligation: str
    person: str
    from_on: date
    until_on: date
    by_command: bool
    made_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
