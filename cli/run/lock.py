"""Hold a lock that lets only one `daymark up` or replay at a time run in a folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Report that another process holds the folder; the sentence names it."""


@contextmanager
def exclusive_use(home: Path) -> Iterator[None]:
    """Hold `home` while inside. The kernel releases it however the process ends. Raise AlreadyRunning, OSError."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(
                f"Daymark is already running in {home} (process {file.read().strip()}): stop it first, "
                "or set DAYMARK_HOME to another folder."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
