"""Keep when each link of the programme was asked last, and when it last answered.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TEXT = sa.String()


def upgrade() -> None:
    op.create_table(
        "link_answer",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fate", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "sha256", name="pk_link_answer"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_link_answer_council_council"),
    )
