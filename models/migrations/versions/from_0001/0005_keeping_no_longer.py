"""Add a legal hold, a count of what was erased, and events that are not replaced either.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT, INSTANT, NUMBER = sa.String(), sa.DateTime(timezone=True), sa.Integer()


def upgrade() -> None:
    op.add_column("council", sa.Column("held_at", INSTANT, nullable=True))
    op.add_column("council", sa.Column("held_by", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("council", sa.Column("held_why", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("council", sa.Column("erasures", NUMBER, nullable=False, server_default=sa.text("0")))
    if op.get_bind().dialect.name == "sqlite":
        # INSERT OR REPLACE deletes a row without a word to the trigger on deleting.
        op.execute(
            "CREATE TRIGGER audit_event_replace BEFORE INSERT ON audit_event "
            "WHEN EXISTS (SELECT 1 FROM audit_event WHERE council = NEW.council AND sequence = NEW.sequence) "
            "BEGIN SELECT RAISE(ABORT, 'An audit event is never changed.'); END"
        )
