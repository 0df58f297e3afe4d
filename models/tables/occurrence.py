"""Meetings, visits and submissions: the dated instances of a duty."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import NONE_YET, Instant, words
from timeline.occurrences import OccurrenceState


class OccurrenceRow(Row, table=True):
    """`definition` is the heart's Occurrence without its milestones; `original_on` stays when it moves.

    `sequence` counts the changes of its days. From `dropped_at` on the rules no longer give it.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        ForeignKeyConstraint(["council", "obligation"], ["obligation.council", "obligation.key"]),
        UniqueConstraint("council", "obligation", "number"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    ref: str = Field(primary_key=True)
    obligation: str
    number: int
    state: OccurrenceState = Field(sa_type=words(OccurrenceState))
    original_on: date | None = None
    legal_on: date | None = None
    working_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    sequence: int = Field(default=0, sa_column_kwargs=NONE_YET)
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
    definition: str
