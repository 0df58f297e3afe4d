"""Hold the base of all tables."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, Index, MetaData, TypeDecorator, false, text
from sqlmodel import SQLModel


class Row(SQLModel):
    """Hold a row of our tables.

    SQLModel does not validate rows: what the store writes comes from dataclasses of `timeline`, and the column
    types refuse what must not pass.
    """

    # Nothing validates rows, so no validator is built: with thirty tables that is a twentieth of a command's time.
    model_config = {"defer_build": True}
    # A constraint without a name cannot be altered by a later migration on SQLite.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


def index_of_some(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Name an index of the rows for which a condition holds. The migration that makes it states the condition, too.

    As an option of the index the condition would load every driver for PostgreSQL, a tenth of a command's time.
    """
    return Index(name, *columns, unique=unique, info={WHERE: where})


WHERE = "where"
# The value of a later column in earlier rows.
NO_TEXT: dict[str, Any] = {"server_default": text("''")}
NO_LIST: dict[str, Any] = {"server_default": "[]"}
NO: dict[str, Any] = {"server_default": false()}
NONE_YET: dict[str, Any] = {"server_default": text("0")}


class NaiveInstant(ValueError):
    """Report that an instant without a time zone was to be stored."""


class Instant(TypeDecorator[datetime]):
    """Hold an instant: naive ones are refused, UTC is stored, aware UTC comes back, on every database alike."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveInstant(f"{value.isoformat()} has no time zone: an instant must say which.")
        utc = value.astimezone(UTC)
        # Built anew, because a pendulum instant is a datetime that drivers do not know. SQLite keeps no zone.
        return datetime.combine(utc.date(), utc.time(), None if dialect.name == "sqlite" else UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def words(kind: type[StrEnum]) -> Any:
    """Give the type of a column of these words, as text (a native enum is hard to extend)."""
    return Enum(
        kind, native_enum=False, length=30, values_callable=lambda members: [member.value for member in members]
    )
