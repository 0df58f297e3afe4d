"""Add drafts for the lead member, which wait for the director's release.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TEXT, WORD, INSTANT, DAY = sa.String(), sa.String(length=30), sa.DateTime(timezone=True), sa.Date()


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("milestone", TEXT, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("because", WORD, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("message", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "milestone", "due_on", name="pk_briefing"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_briefing_council_council"),
        sa.ForeignKeyConstraint(
            ["council", "milestone"],
            ["milestone.council", "milestone.ref"],
            name="fk_briefing_milestone_council_milestone",
        ),
    )
    op.create_index("ix_briefing_message", "briefing", ["council", "message"])
