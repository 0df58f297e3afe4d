"""Responses: what was answered, how, for whom."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import NO, NO_TEXT, Instant, words
from timeline.responses import Answer


def _kept_apart(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["council", column], ["free_text.council", "free_text.digest"])


class ResponseRow(Row, table=True):
    """`sequence` counts a milestone's responses from 0: of two answers to the same state of things one is recorded.

    What people typed stands in `free_text`, so that it can be erased.
    """

    __tablename__ = "response"
    __table_args__ = (
        ForeignKeyConstraint(["council", "milestone"], ["milestone.council", "milestone.ref"]),
        _kept_apart("evidence"),
        _kept_apart("text"),
        _kept_apart("answered_by"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    milestone: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    due_on: date
    person: str
    answer: Answer = Field(sa_type=words(Answer))
    at: datetime = Field(sa_type=Instant)
    via: str
    evidence: str | None = None
    text: str | None = None
    answered_by: str | None = None
    delegated_to: str = Field(default="", sa_column_kwargs=NO_TEXT)
    by: str = Field(default="", sa_column_kwargs=NO_TEXT)
    to_confirm: bool = Field(default=False, sa_column_kwargs=NO)
