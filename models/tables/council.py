"""Hold the council that everything else is bound to."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import JSON, Field

from models.tables.base import NO, NO_TEXT, NONE_YET, Instant, Row, index_of_some, words
from timeline.definitions.duties import DutyClass
from timeline.definitions.standing import Certainty, RuleKind


class CouncilRow(Row, table=True):
    """Hold a council: `definition` is the Council. `audit_sequence` and `audit_head` are the end of its audit chain.

    From `held_at` on a legal hold stands, and nothing is erased. `erasures` counts what was taken out of the directory,
    so that nobody goes on with a timeline read before. `sealed`: the records of an older version are sealed too.
    `key_fingerprint` is of the secret key with which links and mails are made. Prefect has heard of the first
    `events_told` events of the chain.
    """

    __tablename__ = "council"

    key: str = Field(primary_key=True)
    name: str
    definition: str
    source: str
    digest: str
    first_applied_at: datetime | None = Field(default=None, sa_type=Instant)
    applied_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_by: str = ""
    stopped_why: str = ""
    held_at: datetime | None = Field(default=None, sa_type=Instant)
    held_by: str = Field(default="", sa_column_kwargs=NO_TEXT)
    held_why: str = Field(default="", sa_column_kwargs=NO_TEXT)
    erasures: int = Field(default=0, sa_column_kwargs=NONE_YET)
    key_fingerprint: str = Field(default="", sa_column_kwargs=NO_TEXT)
    sealed: bool = Field(default=False, sa_column_kwargs=NO)
    audit_sequence: int = 0
    audit_head: str
    events_told: int | None = None


class FactRow(Row, table=True):
    """Hold a fact: `definition` is the Fact. A fact holds until `superseded_at`; `id` keeps the order of adding."""

    __tablename__ = "fact"
    __table_args__ = (
        # The same fact holds once; stated again after it was superseded it is a new row.
        index_of_some("uq_fact_in_force", "council", "digest", where="superseded_at IS NULL", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    council: str = Field(foreign_key="council.key")
    name: str
    occurrence: str
    happened_on: date
    known_at: datetime = Field(sa_type=Instant)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by_command: bool
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    definition: str
    digest: str


class ImportedKind(StrEnum):
    PERSON = "person"
    POST = "post"


class ImportedRow(Row, table=True):
    """Hold the last word of the imports on a person or post; `source` names the file, `position` is the order of all.

    `definition` is the ImportedPost, or the digest of its ImportedPerson in `free_text`; `absences` are the
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


class ObligationRow(Row, table=True):
    """Hold a duty: `definition` is the Obligation; a duty that the timeline no longer has is kept with `dropped_at`.

    Its stored plan is `laid_of` what its digest says, and holds while a run sees no further than `laid_until`.
    """

    __tablename__ = "obligation"

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    position: int
    title: str
    duty_class: DutyClass = Field(sa_type=words(DutyClass))
    rule_kind: RuleKind = Field(sa_type=words(RuleKind), sa_column_kwargs={"server_default": "practice"})
    certainty: Certainty = Field(sa_type=words(Certainty), sa_column_kwargs={"server_default": "inferred"})
    owner: str
    rule: str
    basis: str
    version: int
    definition: str
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
    laid_of: str = Field(default="", sa_column_kwargs=NO_TEXT)
    laid_until: date | None = None


class OffDayKind(StrEnum):
    BANK_HOLIDAY = "bank holiday"
    CLOSURE = "closure"


class OffDayRow(Row, table=True):
    __tablename__ = "off_day"

    council: str = Field(primary_key=True, foreign_key="council.key")
    kind: OffDayKind = Field(primary_key=True, sa_type=words(OffDayKind))
    off_on: date = Field(primary_key=True)
    name: str


class PauseRow(Row, table=True):
    """Hold a Pause. Those stated in the timeline give way to the next apply, those by command end by command;
    `ended_at` says when.
    """

    __tablename__ = "pause"

    id: int | None = Field(default=None, primary_key=True)
    council: str = Field(foreign_key="council.key", index=True)
    obligation: str
    person: str
    from_on: date
    until_on: date
    by_command: bool
    made_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class RevisionKind(StrEnum):
    """Name a change that can be taken back. `plan` is the import of an action plan; a handover is taken back by the
    command that made it.
    """

    APPLY = "apply"
    RECORD = "record"
    MOVE = "move"
    IMPORT = "import"
    PLAN = "plan"
    HANDOVER = "handover"
    UNDO = "undo"


class RevisionRow(Row, table=True):
    """Hold a change: `added` and `superseded` are the ids of the facts that the change added and superseded.

    `before` is what an apply or an import replaced, without names, addresses and absences, which stand in `free_text`;
    only the last ones keep it. `takes_back` is the number of the change that an undo took back.
    """

    __tablename__ = "revision"

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    what: RevisionKind = Field(sa_type=words(RevisionKind))
    at: datetime = Field(sa_type=Instant)
    who: str
    source: str
    added: list[int] = Field(sa_type=JSON)
    superseded: list[int] = Field(sa_type=JSON)
    before: str | None = None
    takes_back: int | None = None
