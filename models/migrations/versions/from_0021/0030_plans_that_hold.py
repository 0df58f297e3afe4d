"""Keep of each duty what its stored plan is made of, and how long it holds: a morning leaves it alone meanwhile.

Keep also how much of each chain Prefect has heard, which stood in a variable there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("obligation", sa.Column("laid_of", sa.String(), nullable=False, server_default=""))
    op.add_column("obligation", sa.Column("laid_until", sa.Date(), nullable=True))
    op.add_column("council", sa.Column("events_told", sa.Integer(), nullable=True))
