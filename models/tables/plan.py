"""Hold milestones: the dated pieces of work that officers answer and complete."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from models.tables.base import NO_TEXT, NONE_YET, Instant, Row, index_of_some, words
from timeline.answers.responses import State
from timeline.planning.occurrences import OccurrenceState


class SharedDefinitionRow(Row, table=True):
    """Hold what milestones share: `definition` stands under its own SHA-256, once, and never changes.

    No foreign key names it, since each definition is compared with its SHA-256 when it is read.
    """

    __tablename__ = "shared_definition"

    council: str = Field(primary_key=True, foreign_key="council.key")
    sha256: str = Field(primary_key=True)
    definition: str


class MilestoneRow(Row, table=True):
    """Hold a milestone: `definition` is what it has of its own of the Milestone, `shared` names the
    SharedDefinitionRow with the rest.

    `next_rung_at` is when to look again, by the look of `looked_at`; by a look later than now it counts for nothing.
    `changed_at` is when something last happened to it. Its ladder is frozen from `opened_at`. `generation` rises when
    the date or the owner changes, so that links made before are dead. `responses` counts what was answered. From
    `dropped_at` on the rules no longer know it; from `closed_at` on nobody is asked for it any more. Since
    `outdated_since` somebody has been told something else than what holds now.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        ForeignKeyConstraint(["council", "occurrence"], ["occurrence.council", "occurrence.ref"]),
        # A tick costs what is due, not what exists.
        Index("ix_milestone_next_rung_at", "council", "next_rung_at"),
        # What a look later than now put off: its clock was wrong.
        Index("ix_milestone_looked_at", "council", "looked_at"),
        # A query for outdated milestones reads only those.
        index_of_some("ix_milestone_outdated_since", "council", "outdated_since", where="outdated_since IS NOT NULL"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    ref: str = Field(primary_key=True)
    occurrence: str
    obligation: str
    position: int
    owner: str
    due_on: date | None = None
    legal_on: date | None = None
    state: State = Field(default=State.OPEN, sa_type=words(State))
    next_rung_at: datetime | None = Field(default=None, sa_type=Instant)
    looked_at: datetime | None = Field(default=None, sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    generation: int = 0
    responses: int = 0
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    outdated_since: datetime | None = Field(default=None, sa_type=Instant)
    definition: str
    shared: str = Field(default="", sa_column_kwargs=NO_TEXT)


class OccurrenceRow(Row, table=True):
    """Hold an occurrence: `definition` is the Occurrence without its milestones; `original_on` stays when it moves.

    `sequence` counts the changes of its days. From `dropped_at` on the rules no longer give it.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        ForeignKeyConstraint(["council", "obligation"], ["obligation.council", "obligation.key"]),
        UniqueConstraint("council", "obligation", "number"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    ref: str = Field(primary_key=True)
    obligation: str
    number: int
    state: OccurrenceState = Field(sa_type=words(OccurrenceState))
    original_on: date | None = None
    legal_on: date | None = None
    working_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    sequence: int = Field(default=0, sa_column_kwargs=NONE_YET)
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
    definition: str
