"""People: the only table, with the messages, that knows a name and an address."""

from datetime import datetime

from sqlmodel import JSON, Field

from models.tables.base import Row
from models.tables.columns import NO_LIST, NO_TEXT, Instant


class PersonRow(Row, table=True):
    """Somebody the timeline no longer names is kept with `dropped_at`: what was said to them still has a name."""

    __tablename__ = "person"

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    name: str
    address: str
    channels: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs=NO_LIST)
    teams: str = Field(default="", sa_column_kwargs=NO_TEXT)
    phone: str = Field(default="", sa_column_kwargs=NO_TEXT)
    works: list[int] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs=NO_LIST)
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
