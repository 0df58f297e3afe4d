"""Add what is added to the records of the improvement programme: rows are added, and none changes.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

TEXT = sa.String()


def upgrade() -> None:
    op.create_table(
        "programme_update",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "number", name="pk_programme_update"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_programme_update_council_council"),
    )
