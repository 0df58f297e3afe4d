"""Add revisions, absences, occurrences that are dropped, and milestones of which something else was told.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT, WORD, INSTANT, DAY = sa.String(), sa.String(length=30), sa.DateTime(timezone=True), sa.Date()
NUMBER, LIST = sa.Integer(), sa.JSON()


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("number", NUMBER, nullable=False, autoincrement=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("added", LIST, nullable=False),
        sa.Column("superseded", LIST, nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.Column("takes_back", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("council", "number", name="pk_revision"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_revision_council_council"),
    )
    op.create_table(
        "absence",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("position", NUMBER, nullable=False, autoincrement=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=False),
        sa.PrimaryKeyConstraint("council", "position", name="pk_absence"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_absence_council_council"),
        sa.ForeignKeyConstraint(
            ["council", "person"], ["person.council", "person.key"], name="fk_absence_person_council_person"
        ),
    )
    op.add_column("occurrence", sa.Column("dropped_at", INSTANT, nullable=True))
    op.add_column("milestone", sa.Column("closed_at", INSTANT, nullable=True))
    op.add_column("milestone", sa.Column("misled_at", INSTANT, nullable=True))
    misled = sa.text("misled_at IS NOT NULL")
    op.create_index(
        "ix_milestone_misled_at",
        "milestone",
        ["council", "misled_at"],
        sqlite_where=misled,
        postgresql_where=misled,
    )
    _find_who_was_told_otherwise()


def _find_who_was_told_otherwise() -> None:
    """Mark what moved or was dropped before this version could."""
    op.execute(
        "UPDATE milestone SET misled_at = changed_at WHERE EXISTS ("
        "SELECT 1 FROM prompt WHERE prompt.council = milestone.council AND prompt.milestone = milestone.ref "
        "AND prompt.accepted_at IS NOT NULL "
        "AND (milestone.dropped_at IS NOT NULL OR milestone.due_on IS NULL OR prompt.due_on <> milestone.due_on))"
    )
