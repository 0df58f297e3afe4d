"""Hold a part of the set as a process that can be killed with all that it started, as its machine would take it."""

import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tasks.processes.child import Child

_MARK = "TEST_PART"


class Part:
    """Hold a command with its environment; its log lies in `folder` under its name."""

    def __init__(self, name: str, command: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        self._mark = f"{folder}/{name}"
        self._child = Child(command, log=self.log, env={**env, _MARK: self._mark}, cwd=folder, grace=3)

    def start(self) -> None:
        self._child.start()

    @property
    def running(self) -> bool:
        return self._child.running

    def last_line(self) -> str:
        return self._child.last_line()

    def processes(self) -> set[int]:
        """Give the processes that it is, with all that it started."""
        return _holding(f"{_MARK}={self._mark}\0".encode())

    def kill(self) -> None:
        """Kill it and all that it started, by -9."""
        # What it started in a session of its own would end by itself, but a moment later.
        while ours := self.processes():
            for process in ours:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        self._child.wait()

    def stop(self) -> None:
        self._child.stop()


def _holding(mark: bytes) -> set[int]:
    """Give the processes with that variable; those that have ended, and wait for their parent, are none."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            is_ours = mark in (folder / "environ").read_bytes() + b"\0"
            if is_ours and (folder / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX":
                found.add(int(folder.name))
    return found
