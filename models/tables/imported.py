"""What imports said of people and posts, over what the timeline's file says."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import JSON, Field

from models.tables.base import Row
from models.tables.columns import Instant, words


class ImportedKind(StrEnum):
    PERSON = "person"
    POST = "post"


class ImportedRow(Row, table=True):
    """The last word of the imports on one person or post; `source` names the file, `position` is the order of all.

    `definition` is the heart's ImportedPost, or the digest of its ImportedPerson in `free_text`; `absences` are the
    digests of that person's, one each, because they are kept for a shorter time; None says nothing of them.
    """

    __tablename__ = "imported"

    council: str = Field(primary_key=True, foreign_key="council.key")
    kind: ImportedKind = Field(primary_key=True, sa_type=words(ImportedKind))
    key: str = Field(primary_key=True)
    position: int
    source: str
    imported_at: datetime = Field(sa_type=Instant)
    definition: str
    absences: list[str] | None = Field(default=None, sa_type=JSON)
