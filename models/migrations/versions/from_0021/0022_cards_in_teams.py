"""Keep how the cards of our bot in Teams stand, and chats of accounts that the directory does not name yet.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

TEXT, INSTANT = sa.String(), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "teams_waiting_chat",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("service_url", TEXT, nullable=False),
        sa.Column("member", TEXT, nullable=False),
        sa.Column("bot", TEXT, nullable=False),
        sa.Column("since_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("council", "account", name="pk_teams_waiting_chat"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_teams_waiting_chat_council_council"),
    )
    op.create_table(
        "teams_card",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("shown", TEXT, nullable=False),
        sa.Column("looked_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("council", "message", name="pk_teams_card"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_teams_card_council_council"),
        sa.ForeignKeyConstraint(
            ["council", "message"], ["message.council", "message.key"], name="fk_teams_card_council_message"
        ),
    )
    op.create_index("ix_teams_card_next_at", "teams_card", ["council", "next_at"])
