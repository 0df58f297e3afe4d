"""Hold the improvement programme, as the council's file has stated it over time."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Instant, Row


class ProgrammeRow(Row, table=True):
    """Hold a statement of the programme: what held from `stated_at` until the next. Rows are added, and none changes.

    `definition` is the Programme with its `digest`; both are empty where the first was taken back. `revision` is
    the number of the apply that stated it, or of the undo that brought it back.
    """

    __tablename__ = "programme"

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    stated_at: datetime = Field(sa_type=Instant)
    revision: int
    digest: str
    definition: str
