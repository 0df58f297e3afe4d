"""Start a real PostgreSQL server of one's own, on loopback; one that ended can start again."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tasks.processes.child import Child
from tests.support import parts
from tests.support.ports import kept_port


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a database of a server that ends with it."""
    with Server() as started:
        yield started.url().replace("postgresql://", "postgresql+psycopg://")


class Server:
    """Hold a server with its files; as a context manager it answers inside, and its files are gone afterwards."""

    def __init__(self) -> None:
        self._home = home = Path(tempfile.mkdtemp(prefix="daymark-postgres-"))
        binaries = parts.require("postgresql").parent
        self.port = kept_port()
        as_user = _as_a_user_that_postgres_accepts(home)
        initdb = [str(binaries / "initdb"), "-D", str(home / "data"), "-U", "daymark", "-A", "trust", "--no-sync"]
        subprocess.run([*as_user, *initdb], check=True, capture_output=True, cwd=home)
        listen = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(home), "-F"]
        command = [*as_user, str(binaries / "postgres"), "-D", str(home / "data"), *listen]
        self._pid_file = home / "data/postmaster.pid"
        self._child = Child(command, log=home / "log", env=dict(os.environ), cwd=home, grace=2)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://daymark@127.0.0.1:{self.port}/{database}"

    def create(self, *databases: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for name in databases:
                connection.execute(f"CREATE DATABASE {name}".encode())

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._child.start()
        while self._child.running:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                continue
            return
        pytest.fail(f"PostgreSQL ended: {self._child.last_line()}")

    def end(self, signum: int) -> None:
        """Send the server itself a signal, and wait until it has ended."""
        os.kill(int(self._pid_file.read_text().splitlines()[0]), signum)
        self._child.wait()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._child.stop()
        shutil.rmtree(self._home)


def _as_a_user_that_postgres_accepts(home: Path) -> list[str]:
    """Run as another user, for PostgreSQL refuses to run as root."""
    if getpass.getuser() != "root":
        return []
    shutil.chown(home, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
