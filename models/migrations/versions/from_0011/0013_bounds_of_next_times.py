"""Keep the instant of the look that stored a next time, so that a look of a later clock is recomputed and not believed.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("milestone", sa.Column("looked_at", _INSTANT, nullable=True))
    op.add_column("prompt", sa.Column("refused_at", _INSTANT, nullable=True))
