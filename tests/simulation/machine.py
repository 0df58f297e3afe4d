"""Hold the machine that Daymark runs on: its database, and what befalls a process between two statements."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from models.store import open_engine
from models.store.base import together, transaction, turns
from models.store.definitions import timelines

_RAM = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)


class Crash(BaseException):
    """Report that the process ends here. No `except Exception` of the product may catch it, as none catches kill -9."""


def ram() -> str | None:
    """Tell where databases lie that nobody keeps."""
    return str(_RAM) if _RAM.is_dir() else None


@cache
def template() -> Path:
    """Give an empty database with the real migrations, made once in each process and copied for each seed."""
    folder = Path(tempfile.mkdtemp(prefix="daymark-simulation-", dir=ram()))
    made = folder / "daymark.db"
    open_engine(f"sqlite:///{made}").dispose()
    return made


class Machine(AbstractContextManager["Machine"]):
    """Hold one database. While it is armed the process crashes before a statement, or lets another go first."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._folder = tempfile.TemporaryDirectory(prefix="daymark-seed-", dir=ram())
        self.home = Path(self._folder.name)
        self.url = f"sqlite:///{self.home / 'daymark.db'}"
        self._patch = pytest.MonkeyPatch()
        self._statements = self._transactions = 0
        self._beside: Callable[[], None] | None = None
        self.crashed_at = ""
        self.writes = 0
        self._listens = False
        self._counts = True

    def __enter__(self) -> "Machine":
        shutil.copy(template(), self.home / "daymark.db")
        self.engine: Engine = open_engine(self.url, clock=self._clock)
        event.listen(self.engine, "connect", _for_nobody_to_keep)
        self.engine.dispose()
        self._looking = sqlite3.connect(self.home / "daymark.db", isolation_level=None)
        self._watch_transactions()
        return self

    def __exit__(self, *_: object) -> None:
        self.disarm()
        self._patch.undo()
        self._looking.close()
        self.engine.dispose()
        self._folder.cleanup()

    def arm(self, *, statement: int = 0, transaction: int = 0, beside: Callable[[], None] | None = None) -> None:
        """Arm it: it crashes before the n-th statement, or runs `beside` before the n-th transaction, of what
        follows.
        """
        self._statements, self._transactions, self._beside = statement, transaction, beside
        self.crashed_at = ""
        if statement:
            self._listen(True)

    def disarm(self) -> None:
        self._listen(False)
        self._statements, self._transactions, self._beside = 0, 0, None

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count what begins to write, in `writes`."""
        self.writes = 0
        self._listen(True)
        try:
            yield
        finally:
            self._listen(False)

    def _listen(self, listens: bool) -> None:
        """Listen only while something is to happen: a listener makes every statement slower."""
        if listens != self._listens:
            change = event.listen if listens else event.remove
            change(self.engine, "before_cursor_execute", self._before_statement)
            change(self.engine, "commit", self._before_commit)
            self._listens = listens

    def restart(self) -> None:
        """See that a new process has read nothing yet."""
        self.disarm()
        timelines._last_read.clear()

    @contextmanager
    def only(self, *, ours: bool) -> Iterator[None]:
        """Count what is done for our council, and not what is done for its neighbour."""
        before, self._counts = self._counts, ours
        try:
            yield
        finally:
            self._counts = before

    def version(self) -> int:
        """Give another number as soon as anything has been written."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def spoil(self, statement: str) -> None:
        """Let another hand write into the database."""
        self._looking.execute(statement)

    def rows(self, statement: str, **given: Any) -> list[Any]:
        """Read straight from the database, past the store."""
        return self._looking.execute(statement, given).fetchall()

    def _before_statement(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.writes += statement == "BEGIN IMMEDIATE"
        self._count(statement)

    def _before_commit(self, _connection: Any) -> None:
        self._count("COMMIT")

    def _count(self, statement: str) -> None:
        if self._statements and self._counts:
            self._statements -= 1
            if not self._statements:
                self.crashed_at = " ".join(statement.split())[:60]
                raise Crash

    def _watch_transactions(self) -> None:
        begin = turns.open_session

        @contextmanager
        def session(*given: Any, **named: Any) -> Iterator[Any]:
            self._before_transaction()
            with begin(*given, **named) as opened:
                yield opened

        self._patch.setattr(transaction, "open_session", session)
        self._patch.setattr(together, "open_session", session)

    def _before_transaction(self) -> None:
        if self._transactions and self._counts:
            self._transactions -= 1
            if not self._transactions and self._beside:
                beside, self._beside = self._beside, None
                beside()


def _for_nobody_to_keep(connection: Any, _record: object) -> None:
    # After the store's own, which asks the disk to be sure.
    connection.execute("PRAGMA synchronous = OFF")
