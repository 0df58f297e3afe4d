"""Add the last days of absences as people state them: one who is back early, or a programme team that confirms or
corrects.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "absence_end",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("by_answer", sa.Boolean(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("council", "number", name="pk_absence_end"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_absence_end_council_council"),
        sa.ForeignKeyConstraint(
            ["council", "person"], ["person.council", "person.key"], name="fk_absence_end_person_council_person"
        ),
    )
