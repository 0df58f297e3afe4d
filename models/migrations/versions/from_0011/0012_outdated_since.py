"""Give the column about outdated messages its plain name.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.drop_index("ix_milestone_misled_at", "milestone")
    op.execute("ALTER TABLE milestone RENAME COLUMN misled_at TO outdated_since")
    outdated = sa.text("outdated_since IS NOT NULL")
    op.create_index(
        "ix_milestone_outdated_since",
        "milestone",
        ["council", "outdated_since"],
        sqlite_where=outdated,
        postgresql_where=outdated,
    )
