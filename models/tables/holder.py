"""Who holds which post, from when until when."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import NO


class HolderRow(Row, table=True):
    """`position` is the order in the timeline: of two holders on one day the acting one counts, else the first."""

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
    acting: bool = Field(default=False, sa_column_kwargs=NO)
