"""Keep the receipt of a message beside it until the ledger has it: a killed process leaves no doubt about it."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("message", sa.Column("receipt", sa.String(), nullable=True))
    kept = sa.text("receipt IS NOT NULL")
    op.create_index("ix_message_receipt", "message", ["council", "key"], sqlite_where=kept, postgresql_where=kept)
