"""The council that everything else is bound to."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import NO_TEXT, NONE_YET, Instant


class CouncilRow(Row, table=True):
    """`definition` is the heart's Council. `audit_sequence` and `audit_head` are the end of its audit chain.

    From `held_at` on a legal hold stands, and nothing is erased. `erasures` counts what was taken out of the directory,
    so that nobody goes on with a timeline read before.
    """

    __tablename__ = "council"

    key: str = Field(primary_key=True)
    name: str
    definition: str
    source: str
    digest: str
    first_applied_at: datetime | None = Field(default=None, sa_type=Instant)
    applied_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_by: str = ""
    stopped_why: str = ""
    held_at: datetime | None = Field(default=None, sa_type=Instant)
    held_by: str = Field(default="", sa_column_kwargs=NO_TEXT)
    held_why: str = Field(default="", sa_column_kwargs=NO_TEXT)
    erasures: int = Field(default=0, sa_column_kwargs=NONE_YET)
    audit_sequence: int = 0
    audit_head: str
