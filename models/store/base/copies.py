"""Make copies of a whole database: taken while others write, brought back, or put in its place without free space."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import URL, Connection, Engine, String, column, create_engine, func, inspect, make_url, select, table
from sqlmodel import col

from models.migrations.version import VERSION_TABLE
from models.store.base.engine import StoreError, open_engine
from models.store.base.seals import KEYS
from models.tables import CouncilRow, Row

# Debian keeps the programs of each version of PostgreSQL in a folder of its own.
_PROGRAMS = Path("/usr/lib/postgresql")
# So much is copied within some seconds, well within the time for which a writer waits.
_MOST_CLOSED_UP = 200 * 2**20


class Contents(NamedTuple):
    """Tell what a copy holds: the number of its tables' migration, and for each council the end of its chain and
    counts.
    """

    migration: str
    councils: Mapping[str, Mapping[str, int | str]]


def copy_sqlite(database: Path, to: Path) -> None:
    """Copy a SQLite database by SQLite's own backup, so that it is whole while others write. Raise StoreError."""
    # Quoted: of a path with a “#” SQLite would open, and create, what stands before it.
    read_only = f"{database.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(read_only, uri=True, timeout=30)) as source, _new(to) as target:
            source.backup(target)
            # In a single file: a copy has no journal beside it that could be left behind.
            target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as fault:
        raise StoreError(f"The database {database} cannot be copied: {fault}.") from None


def copy_database(engine: Engine, to: Path) -> Contents:
    """Copy a database of Daymark as it stands at an instant; give what the copy holds. Raise StoreError."""
    if engine.dialect.name == "sqlite":
        copy_sqlite(Path(engine.url.database or ""), to)
        copy = open_engine(f"sqlite:///{to}")
        try:
            with copy.connect() as connection:
                return contents(connection)
        finally:
            copy.dispose()
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        held = contents(connection)
        snapshot = connection.execute(select(func.pg_export_snapshot())).scalar_one()
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}"]
        _run("pg_dump", engine.url, *options)
    to.chmod(0o600)
    return held


def close_up(engine: Engine) -> None:
    """Make the file of SQLite as small as what it holds: a row that became shorter gives nothing back by itself.

    Writers wait meanwhile. So a large file stays as it is, and what comes to it fills its free places; and so does a
    file in which somebody else writes all the time, or reads.
    """
    if engine.dialect.name == "sqlite" and Path(engine.url.database or "").stat().st_size <= _MOST_CLOSED_UP:
        with closing(engine.raw_connection()) as connection, suppress(sqlite3.OperationalError):
            connection.cursor().execute("VACUUM")


def _new(file: Path) -> closing[sqlite3.Connection]:
    file.touch(mode=0o600)
    return closing(sqlite3.connect(file))


def restore_postgres(dump: Path, database_url: str, *, replace: bool) -> None:
    """Bring a dump back in one transaction. Raise StoreError; then nothing has changed."""
    url, options = make_url(database_url), ["--exit-on-error", "--no-owner", "--no-privileges"]
    if not replace:
        _run("pg_restore", url, "--single-transaction", *options, str(dump))
        return
    with TemporaryDirectory() as folder:
        drop, script = Path(folder) / "drop.sql", Path(folder) / "restore.sql"
        drop.write_text("".join(f'DROP TABLE IF EXISTS "{name}" CASCADE;\n' for name in _OURS))
        _run("pg_restore", None, *options, "--clean", "--if-exists", f"--file={script}", str(dump))
        in_one = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        _run("psql", url, *in_one, f"--file={drop}", f"--file={script}")


# pg_restore drops only what its dump holds: tables that are newer than the dump would refer to those, and stand in the
# way of their own migration.
_OURS = (*Row.metadata.tables, VERSION_TABLE)


def holds_tables(database_url: str) -> bool:
    """Tell whether anything is in the database, and put nothing there."""
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def contents(connection: Connection) -> Contents:
    """Count what a database holds."""
    migration = connection.execute(select(column("version_num", String)).select_from(table(VERSION_TABLE))).scalar_one()
    councils: dict[str, dict[str, int | str]] = {}
    ends = select(col(CouncilRow.key), col(CouncilRow.audit_sequence), col(CouncilRow.audit_head))
    for key, events, head in connection.execute(ends.order_by(col(CouncilRow.key))).all():
        counts = {row.__tablename__: _count(connection, row, key) for row in KEYS}
        councils[key] = {"events": events, "head": head, **{str(name): number for name, number in counts.items()}}
    return Contents(migration, councils)


def _count(connection: Connection, row: type[Row], council: str) -> int:
    mine = row.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    counted = select(func.count()).select_from(mine).where(mine.c.council == council)
    return int(connection.execute(counted).scalar_one())


def _run(program: str, url: URL | None, *options: str) -> None:
    """Run a program of PostgreSQL; the password is not among its arguments, which everybody on the machine can read."""
    command, more = [_program(program), *options], {"PGOPTIONS": "-c client_min_messages=warning"}
    if url is not None:
        named = url.set(drivername="postgresql", password=None)
        command.append(f"--dbname={named.render_as_string(hide_password=False)}")
        more |= {"PGPASSWORD": str(url.password)} if url.password else {}
    ran = subprocess.run(command, env=os.environ | more, capture_output=True, text=True, check=False)  # noqa: S603 (no shell)
    if ran.returncode:
        said = " ".join((ran.stderr.strip().splitlines() or ["it said nothing"])[0].split())
        raise StoreError(f"{program} failed: {said.rstrip('.')}.")


def _program(name: str) -> str:
    newest = sorted(_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: _number(path.parents[1].name))
    program = shutil.which(name) or (str(newest[-1]) if newest else None)
    if program is None:
        raise StoreError(f"The program {name} is not installed: expected the client programs of PostgreSQL.")
    return program


def _number(version: str) -> int:
    return int(version) if version.isdigit() else 0
