"""Add the statements of the improvement programme: rows are added, and none changes.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

TEXT = sa.String()


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "number", name="pk_programme"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_programme_council_council"),
    )
