"""Posts: who answers for what, whoever holds them."""

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import words
from timeline.duties import Level


class PostRow(Row, table=True):
    __tablename__ = "post"

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    position: int
    title: str
    level: Level = Field(sa_type=words(Level))
    line_manager: str | None = None
    deputy: str | None = None
    assistant: str | None = None
