"""Absences heard of from automatic replies: the dates, and nothing else of what was written."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class HeardAbsenceRow(Row, table=True):
    """Apart from the timeline's own absences, which every apply replaces."""

    __tablename__ = "heard_absence"
    __table_args__ = (ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    person: str = Field(primary_key=True)
    from_on: date = Field(primary_key=True)
    until_on: date = Field(primary_key=True)
    heard_at: datetime = Field(sa_type=Instant)
