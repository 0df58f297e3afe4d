"""Add who got a link in the place of somebody who could not be reached.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("token", sa.Column("stand_in", sa.String(), nullable=False, server_default=sa.text("''")))
