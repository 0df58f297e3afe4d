"""What all tables share."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel


class Row(SQLModel):
    """A row of one of our tables.

    SQLModel does not validate rows: what the store writes comes from the heart's dataclasses, and the column
    types refuse what must not pass.
    """

    # A constraint without a name cannot be altered by a later migration on SQLite.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
