"""Add who answered for somebody, where that is known, and whether a second person has to confirm what is done.

What was done before needs nobody's word: the rule came later. What goes in is written out here and never imported from
the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("response", sa.Column("by", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("response", sa.Column("to_confirm", sa.Boolean(), nullable=False, server_default=sa.false()))
