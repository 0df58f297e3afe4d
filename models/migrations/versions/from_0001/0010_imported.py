"""Add what imports said of people and posts.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

TEXT, WORD, INSTANT = sa.String(), sa.String(length=30), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "imported",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.Column("absences", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("council", "kind", "key", name="pk_imported"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_imported_council_council"),
    )
