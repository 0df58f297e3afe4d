"""Start a real PostgreSQL server of one's own."""

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
from tasks.processes.prefect_server import free_port
from tests.support import parts


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a database of a server that ends with it."""
    binaries = parts.require("postgresql").parent
    home = Path(tempfile.mkdtemp(prefix="daymark-postgres-"))
    as_user = _as_a_user_that_postgres_accepts(home)
    initdb = [str(binaries / "initdb"), "-D", str(home / "data"), "-U", "daymark", "-A", "trust", "--no-sync"]
    subprocess.run([*as_user, *initdb], check=True, capture_output=True, cwd=home)
    port = free_port()
    listen = ["-h", "127.0.0.1", "-p", str(port), "-k", str(home), "-F"]
    command = [*as_user, str(binaries / "postgres"), "-D", str(home / "data"), *listen]
    try:
        with Child(command, log=home / "log", env=dict(os.environ), cwd=home, grace=2) as child:
            url = f"postgresql://daymark@127.0.0.1:{port}/postgres"
            _wait_for(child, url)
            yield url.replace("postgresql://", "postgresql+psycopg://")
    finally:
        shutil.rmtree(home)


def _as_a_user_that_postgres_accepts(home: Path) -> list[str]:
    """Run as another user, for PostgreSQL refuses to run as root."""
    if getpass.getuser() != "root":
        return []
    shutil.chown(home, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _wait_for(child: Child, url: str) -> None:
    while child.running:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            continue
        return
    pytest.fail(f"PostgreSQL ended: {child.last_line()}")
