"""Add seals: the digest of every record, in the audit chain and beside it; and the fingerprint of the secret key.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

TEXT = sa.String()


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("records", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("council", sa.Column("key_fingerprint", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("council", sa.Column("sealed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "seal",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "record", name="pk_seal"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_seal_council_council"),
    )
