"""Hold the audit chain: every change of state, each event holds the hash of the previous event."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from models.tables.base import NO_TEXT, Instant, Row


class AuditEventRow(Row, table=True):
    """Hold an event: `texts` names what people typed by its salted SHA-256 (JSON); the words lie in `free_text`.
    `records` are the seals of the records that changed with it (JSON, or empty).

    Triggers of the migration refuse to change or delete a row.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_ref", "council", "ref"),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    sequence: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    who: str
    what: str
    ref: str
    before: str
    after: str
    why: str
    via: str
    for_whom: str
    texts: str
    records: str = Field(default="", sa_column_kwargs=NO_TEXT)
    previous: str
    hash: str


class FreeTextRow(Row, table=True):
    """Hold a text that people typed: `digest` is the SHA-256 of salt and body, which is all that other rows know of
    them.
    """

    __tablename__ = "free_text"

    council: str = Field(primary_key=True, foreign_key="council.key")
    digest: str = Field(primary_key=True)
    salt: str | None = None
    body: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=Instant)


class SealRow(Row, table=True):
    """Hold the digest of a record as Daymark last changed it, and the salt of that digest (see the store's `seals`)."""

    __tablename__ = "seal"

    council: str = Field(primary_key=True, foreign_key="council.key")
    record: str = Field(primary_key=True)
    salt: str
    digest: str
