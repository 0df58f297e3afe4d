"""Add mailboxes that several people read: they may answer by themselves.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("person", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
