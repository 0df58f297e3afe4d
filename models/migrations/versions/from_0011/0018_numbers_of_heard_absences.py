"""Number the absences heard from automatic replies: the audit chain seals each by its number, which tells no day.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

HEARD = sa.table("heard_absence", *(sa.column(name) for name in ("council", "person", "from_on", "until_on", "number")))
KEY = ("council", "person", "from_on", "until_on")


def upgrade() -> None:
    op.add_column("heard_absence", sa.Column("number", sa.Integer(), nullable=False, server_default=sa.text("0")))
    connection = op.get_bind()
    columns = [HEARD.c[name] for name in KEY]
    rows = connection.execute(sa.select(*columns).order_by(*columns)).all()
    for number, row in enumerate(rows, start=1):
        mine = [column == value for column, value in zip(columns, row, strict=True)]
        connection.execute(sa.update(HEARD).where(*mine).values(number=number))
