"""What people typed, with its salt: both can be erased together, and the audit chain still holds."""

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import Instant


class FreeTextRow(Row, table=True):
    """`digest` is the SHA-256 of salt and body, which is all that other rows know of them."""

    __tablename__ = "free_text"

    council: str = Field(primary_key=True, foreign_key="council.key")
    digest: str = Field(primary_key=True)
    salt: str | None = None
    body: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=Instant)
