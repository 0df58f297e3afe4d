"""Hold messages received by mail or Teams: a row for each."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from models.tables.base import NO, NO_TEXT, Instant, Row, words
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer
from timeline.director.briefings import Because, BriefingState


class InboundRow(Row, table=True):
    """Hold an Inbound. The words of strangers, `sender` and `text`, stand in `free_text`."""

    __tablename__ = "inbound"
    __table_args__ = (
        Index("ix_inbound_state", "council", "state", "received_at"),
        ForeignKeyConstraint(["council", "sender"], ["free_text.council", "free_text.digest"]),
        ForeignKeyConstraint(["council", "text"], ["free_text.council", "free_text.digest"]),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    id: str = Field(primary_key=True)
    via: str
    received_at: datetime = Field(sa_type=Instant)
    kind: str
    state: InboundState = Field(sa_type=words(InboundState))
    why: str
    person: str
    by: str
    milestone: str
    message: str
    due_on: date | None = None
    number: int | None = None
    asks: Answer | None = Field(default=None, sa_type=words(Answer))
    sender: str | None = None
    text: str | None = None
    held_back: bool
    closed_by: str
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class BriefingRow(Row, table=True):
    """Hold a draft for a task and its due date: nobody is briefed twice about the same. Its words are made when it is
    read.
    """

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


def _kept_apart(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["council", column], ["free_text.council", "free_text.digest"])


class ResponseRow(Row, table=True):
    """Hold a response: `sequence` counts a milestone's responses from 0: of two answers to the same state of things one
    is recorded.

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
