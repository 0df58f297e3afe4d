"""Add the releases of reports: rows are added, and none changes.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

TEXT = sa.String()


def upgrade() -> None:
    op.create_table(
        "report_release",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("area", TEXT, nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("post", TEXT, nullable=False),
        sa.Column("released_by", TEXT, nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audit_sequence", sa.Integer(), nullable=False),
        sa.Column("audit_head", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "number", name="pk_report_release"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_report_release_council_council"),
    )
