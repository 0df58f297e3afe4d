"""Who holds which post, from when until when."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from models.tables.base import Row


class HolderRow(Row, table=True):
    """`position` is the order in the timeline: of two holders on one day the first listed counts."""

    __tablename__ = "holder"
    __table_args__ = (
        ForeignKeyConstraint(["council", "post"], ["post.council", "post.key"]),
        ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    position: int = Field(primary_key=True)
    post: str
    person: str
    from_on: date | None = None
    until_on: date | None = None
