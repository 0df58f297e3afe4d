"""Note which process is sending a message, so that what a killed one left is taken over at the next start.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("message", sa.Column("claimed_by", sa.String(), nullable=False, server_default=""))
