"""Hold the improvement programme, as the council's file has stated it over time, and the releases of its reports."""

from datetime import date, datetime

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


class ProgrammeUpdateRow(Row, table=True):
    """Hold what was added to a record of the programme (`record`, such as `actions.audit-training`). Rows are added.

    `definition` is the part that was added, of that `kind`; `who` entered it.
    """

    __tablename__ = "programme_update"

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    who: str
    record: str
    kind: str
    definition: str


class LinkAnswerRow(Row, table=True):
    """Hold when an address in the programme was asked last, what came back, and when it last answered.

    `sha256` is of the address, which stands in the programme alone.
    """

    __tablename__ = "link_answer"

    council: str = Field(primary_key=True, foreign_key="council.key")
    sha256: str = Field(primary_key=True)
    asked_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    fate: str
    why: str


class ReportReleaseRow(Row, table=True):
    """Hold a Release: somebody who may released a report of just these contents. Rows are added, and none changes."""

    __tablename__ = "report_release"

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    kind: str
    area: str
    as_at: date
    digest: str
    post: str
    released_by: str
    released_at: datetime = Field(sa_type=Instant)
    audit_sequence: int
    audit_head: str
