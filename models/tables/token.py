"""Tokens: what a link stands for. The token itself is derived, never stored."""

from datetime import date, datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import NO_TEXT, Instant


class TokenRow(Row, table=True):
    """`sha256` is of the token, in hexadecimal; the rest is the heart's TokenOf."""

    __tablename__ = "token"

    council: str = Field(primary_key=True, foreign_key="council.key")
    sha256: str = Field(primary_key=True)
    person: str
    milestone: str
    due_on: date | None = None
    generation: int
    message: str
    stand_in: str = Field(default="", sa_column_kwargs=NO_TEXT)
    made_at: datetime = Field(sa_type=Instant)
