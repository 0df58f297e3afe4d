"""Add the personal chats of our bot in Teams.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

TEXT, INSTANT = sa.String(), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "teams_chat",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("service_url", TEXT, nullable=False),
        sa.Column("member", TEXT, nullable=False),
        sa.Column("bot", TEXT, nullable=False),
        sa.Column("since_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("council", "person", name="pk_teams_chat"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_teams_chat_council_council"),
        sa.ForeignKeyConstraint(
            ["council", "person"], ["person.council", "person.key"], name="fk_teams_chat_person_council_person"
        ),
    )
