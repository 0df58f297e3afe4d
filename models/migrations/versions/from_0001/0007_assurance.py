"""Add what assurance found, and the probes of its channels."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TEXT, NUMBER, INSTANT, YES_OR_NO = sa.String(), sa.Integer(), sa.DateTime(timezone=True), sa.Boolean()
_FIGURES = ("due", "sent", "delivered", "answered", "waiting", "suppressed", "unexplained")


def upgrade() -> None:
    op.create_table(
        "assurance_run",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in _FIGURES),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "number", name="pk_assurance_run"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_assurance_run_council_council"),
    )
    op.create_table(
        "probe",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("returns", YES_OR_NO, nullable=False),
        sa.Column("returned_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("council", "sha256", name="pk_probe"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_probe_council_council"),
    )
    op.create_index("ix_probe_channel", "probe", ["council", "channel", "sent_at"])
