"""One `daymark up` at a time in a folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Somebody else holds the folder; the sentence says which process."""


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Holds `home` while inside. The kernel lets go of it however we end. Raises AlreadyRunning, OSError."""
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
