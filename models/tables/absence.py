"""Who is away, from when until when: personal data, so the reason has no place, and an apply replaces all rows."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from models.tables.base import Row


class AbsenceRow(Row, table=True):
    __tablename__ = "absence"
    __table_args__ = (ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    position: int = Field(primary_key=True)
    person: str
    from_on: date
    until_on: date
