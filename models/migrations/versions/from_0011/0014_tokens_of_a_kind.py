"""Add which door a token opens, and addresses that are doubted before they are given up.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    # Empty in earlier rows: such a token opens a page and answers a mail.
    kind = sa.String(length=30)
    op.add_column("token", sa.Column("kind", kind, nullable=False, server_default=sa.text("''")))
    op.add_column("dead_address", sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false()))
