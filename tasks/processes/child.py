"""Run a program beside this process, which has a log of its own and does not outlive us."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_LARGEST_LOG = 10_000_000  # bytes; the previous log is kept beside it
_WATCHDOG = Path(__file__).with_name("parent_watchdog.py")


class Child:
    """Hold a command in a session of its own, so that Ctrl-C reaches us alone and we end it in order.

    It ends on leaving the context, and by itself when this process dies in any way (see parent_watchdog.py). `grace` is
    how many seconds it has to end by itself before it is killed.
    """

    def __init__(
        self, command: Sequence[str], *, log: Path, env: Mapping[str, str], cwd: Path, grace: float = 10
    ) -> None:
        self.log = log
        self._command = list(command)
        self._env = dict(env)
        self._cwd = cwd
        self._grace = grace
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the command. Raises OSError when the command or its log cannot be opened."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".1.log"))
        watchdog = [sys.executable, "-I", "-S", str(_WATCHDOG), str(os.getpid()), str(self._grace)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 (commands of ours, no shell)
                watchdog + self._command,
                env=self._env,
                cwd=self._cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait(self) -> int:
        """Wait until the command has ended by itself, and give its exit status."""
        if self._process is None:
            raise RuntimeError("wait() before start()")
        return self._process.wait()

    def ask_to_stop(self) -> None:
        """Ask the command to end and do not wait, so that several parts can end side by side."""
        if self._process is not None:
            self._process.terminate()

    def stop(self) -> None:
        """Ask the command to end, and return when it and all that it started have ended."""
        self.ask_to_stop()
        if self._process is not None:
            self._process.wait()

    def last_line(self) -> str:
        """Give the last line of its log that is not empty, for a sentence about why it ended."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
