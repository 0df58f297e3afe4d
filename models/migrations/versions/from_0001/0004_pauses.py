"""Add pauses of duties and people, and the prompts that were withdrawn for one.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT, INSTANT, DAY = sa.String(), sa.DateTime(timezone=True), sa.Date()


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", TEXT, nullable=False),
        sa.Column("obligation", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=False),
        sa.Column("by_command", sa.Boolean(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_pause_council_council"),
    )
    op.create_index("ix_pause_council", "pause", ["council"])
    op.add_column("prompt", sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()))
