"""Add acting cover, the days of the week at work, and for whom a prompt's reader stands in.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("holder", sa.Column("acting", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("works", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("prompt", sa.Column("stands_in_for", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_index("ix_prompt_stands_in_for", "prompt", ["council", "stands_in_for", "accepted_at"])
