"""Drafts for the lead member: what waits for the director's release, and what became of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant, words
from timeline.briefings import Because, BriefingState


class BriefingRow(Row, table=True):
    """One for a task and its due date: nobody is briefed twice about the same. Its words are made when it is read."""

    __tablename__ = "briefing"
    __table_args__ = (
        ForeignKeyConstraint(["council", "milestone"], ["milestone.council", "milestone.ref"]),
        Index("ix_briefing_message", "council", "message"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    milestone: str = Field(primary_key=True)
    due_on: date = Field(primary_key=True)
    because: Because = Field(sa_type=words(Because))
    made_at: datetime = Field(sa_type=Instant)
    state: BriefingState = Field(sa_type=words(BriefingState))
    decided_by: str
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    message: str
