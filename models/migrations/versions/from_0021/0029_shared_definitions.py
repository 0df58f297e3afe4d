"""Make room to store once what many tasks share: their words, ladder and basis.

The tasks stay as they are, since processes of the version before still read them. The workers part them, the first
morning after (see models.store.plan.parting).
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

TEXT = sa.String()


def upgrade() -> None:
    op.create_table(
        "shared_definition",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "sha256", name="pk_shared_definition"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_shared_definition_council_council"),
    )
    op.add_column("milestone", sa.Column("shared", TEXT, nullable=False, server_default=sa.text("''")))
