"""Add what comes in, absences heard of, dead addresses, channels at rest, and what people prefer.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT, WORD, INSTANT, DAY = sa.String(), sa.String(length=30), sa.DateTime(timezone=True), sa.Date()
NUMBER, LIST, YES_OR_NO = sa.Integer(), sa.JSON(), sa.Boolean()


def upgrade() -> None:
    _what_comes_in()
    op.create_table(
        "heard_absence",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=False),
        sa.Column("heard_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("council", "person", "from_on", "until_on", name="pk_heard_absence"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_heard_absence_council_council"),
        sa.ForeignKeyConstraint(
            ["council", "person"], ["person.council", "person.key"], name="fk_heard_absence_person_council_person"
        ),
    )
    op.create_table(
        "dead_address",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("since_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("council", "person", "channel", name="pk_dead_address"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_dead_address_council_council"),
    )
    op.create_table(
        "channel",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("failures", NUMBER, nullable=False),
        sa.Column("rests_until", INSTANT, nullable=True),
        sa.Column("failed_because", TEXT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("council", "name", name="pk_channel"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_channel_council_council"),
    )
    _columns()


def _what_comes_in() -> None:
    op.create_table(
        "inbound",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("milestone", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("due_on", DAY, nullable=True),
        sa.Column("number", NUMBER, nullable=True),
        sa.Column("asks", WORD, nullable=True),
        sa.Column("sender", TEXT, nullable=True),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("held_back", YES_OR_NO, nullable=False),
        sa.Column("closed_by", TEXT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("council", "id", name="pk_inbound"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_inbound_council_council"),
        *(
            sa.ForeignKeyConstraint(
                ["council", column],
                ["free_text.council", "free_text.digest"],
                name=f"fk_inbound_free_text_council_{column}",
            )
            for column in ("sender", "text")
        ),
    )
    op.create_index("ix_inbound_state", "inbound", ["council", "state", "received_at"])


def _columns() -> None:
    for table, column in (
        ("person", sa.Column("channels", LIST, nullable=False, server_default="[]")),
        ("person", sa.Column("teams", TEXT, nullable=False, server_default=sa.text("''"))),
        ("person", sa.Column("phone", TEXT, nullable=False, server_default=sa.text("''"))),
        ("occurrence", sa.Column("sequence", NUMBER, nullable=False, server_default=sa.text("0"))),
        ("prompt", sa.Column("tried", LIST, nullable=False, server_default="[]")),
        ("prompt", sa.Column("invite", YES_OR_NO, nullable=False, server_default=sa.false())),
        ("message", sa.Column("calendar", TEXT, nullable=False, server_default=sa.text("''"))),
        ("message", sa.Column("in_reply_to", TEXT, nullable=False, server_default=sa.text("''"))),
        ("delivery", sa.Column("reference", TEXT, nullable=False, server_default=sa.text("''"))),
        ("response", sa.Column("delegated_to", TEXT, nullable=False, server_default=sa.text("''"))),
    ):
        op.add_column(table, column)
    op.add_column("post", sa.Column("deputy", TEXT, nullable=True))
    op.add_column("post", sa.Column("assistant", TEXT, nullable=True))
    op.create_index("ix_delivery_reference", "delivery", ["council", "reference"])
