"""Dates recorded: rows are only ever added, and superseded rather than overwritten."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class FactRow(Row, table=True):
    """`definition` is the heart's Fact. A fact holds until `superseded_at`; `id` keeps the order of adding."""

    __tablename__ = "fact"
    __table_args__ = (
        # The same fact holds once; stated again after it was superseded it is a new row.
        Index(
            "uq_fact_in_force",
            "council",
            "digest",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    council: str = Field(foreign_key="council.key")
    name: str
    occurrence: str
    happened_on: date
    known_at: datetime = Field(sa_type=Instant)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by_command: bool
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    definition: str
    digest: str
