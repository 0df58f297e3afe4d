"""Revisions: every change that was made by command, and what it takes to take it back."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import JSON, Field

from models.tables.base import Row
from models.tables.columns import Instant, words


class RevisionKind(StrEnum):
    APPLY = "apply"
    RECORD = "record"
    MOVE = "move"
    IMPORT = "import"
    UNDO = "undo"


class RevisionRow(Row, table=True):
    """`added` and `superseded` are the ids of the facts that the change added and superseded.

    `before` is what an apply or an import replaced, without names, addresses and absences, which stand in `free_text`;
    only the last ones keep it. `takes_back` is the number of the change that an undo took back.
    """

    __tablename__ = "revision"

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    what: RevisionKind = Field(sa_type=words(RevisionKind))
    at: datetime = Field(sa_type=Instant)
    who: str
    source: str
    added: list[int] = Field(sa_type=JSON)
    superseded: list[int] = Field(sa_type=JSON)
    before: str | None = None
    takes_back: int | None = None
