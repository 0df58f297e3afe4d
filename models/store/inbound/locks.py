"""Hold a lock on a database, across processes and machines, that ends with its holder."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select


@contextmanager
def exclusive(engine: Engine, what: str) -> Iterator[bool]:
    """Tell whether nobody else does `what` on this database until it is left. No lease runs out: the lock belongs to a
    session of PostgreSQL, or to an open file next to the SQLite database, and ends with its holder.
    """
    if engine.dialect.name == "sqlite":
        with _beside(Path(str(engine.url.database)), what) as mine:
            yield mine
        return
    key = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        mine = bool(session.scalar(select(func.pg_try_advisory_lock(key))))
        try:
            yield mine
        finally:
            if mine:
                session.scalar(select(func.pg_advisory_unlock(key)))


@contextmanager
def _beside(database: Path, what: str) -> Iterator[bool]:
    with database.with_name(f"{database.name}.{what}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
