"""Extra days off: proclaimed bank holidays, which are law, and the council's own closure days, which are not."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import words


class OffDayKind(StrEnum):
    BANK_HOLIDAY = "bank holiday"
    CLOSURE = "closure"


class OffDayRow(Row, table=True):
    __tablename__ = "off_day"

    council: str = Field(primary_key=True, foreign_key="council.key")
    kind: OffDayKind = Field(primary_key=True, sa_type=words(OffDayKind))
    off_on: date = Field(primary_key=True)
    name: str
