"""Hold the process that reads mails beside ours: started with the first mail, and again after a mail that it did not
survive.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from time import monotonic

from tasks.reading import frames

__all__ = ["ReaderNotStarted", "ReadingProcess", "frames"]

_START_SECONDS = 60
_ROOT = Path(__file__).parents[2]
# The process reads the mails of strangers, and has no need of a secret.
_SECRET = ("DAYMARK_", "PREFECT_")


class ReaderNotStarted(OSError):
    """Report that the process that reads mails did not start, so that no mail was looked at: each stays where it is."""


class ReadingProcess:
    """Hold a process that reads mails by turns. `module` is the program that it runs."""

    def __init__(self, module: str = "tasks.reading.worker") -> None:
        self._module = module
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._parent = os.getpid()
        self._number = 0

    def answer(self, head: Mapping[str, object], raw: bytes, *, seconds: float) -> object:
        """Give the reading of a mail as plain values; None when the time is up, or it has ended the process twice.

        Once may have had another reason, such as a machine that was short of memory.
        """
        with self._lock:
            for _ in range(2):
                line, begun = self._started(), monotonic()
                try:
                    return self._asked(line, head, raw, until=begun + seconds)
                except TimeoutError:
                    return None
                except (OSError, ValueError, LookupError):
                    seconds = max(seconds - (monotonic() - begun), 0.01)
        return None

    def _asked(self, line: socket.socket, head: Mapping[str, object], raw: bytes, *, until: float) -> object:
        """Ask once. A line on which anything went wrong is given up, for its next answer might be another mail's."""
        self._number += 1
        try:
            line.settimeout(max(until - monotonic(), 0.01))
            frames.send(line, {**head, "number": self._number}, raw)
            answer = json.loads(frames.receive(line, until=until)[0])
            if answer["number"] != self._number:
                raise ConnectionError("this is the answer about another mail")
        except BaseException:
            self.stop()
            raise
        reading: object = answer["reading"]
        return reading

    def stop(self) -> None:
        """End the process, in whatever it is."""
        process, line, self._process, self._line = self._process, self._line, None, None
        if line is not None:
            line.close()
        if process is not None and self._parent == os.getpid():
            process.kill()
            process.wait()

    def _started(self) -> socket.socket:
        if self._parent != os.getpid():
            self.stop()  # a fork has a copy of the line, on which its parent goes on speaking
            self._parent = os.getpid()
        if self._line is None:
            self._start()
        if self._line is None:
            raise ReaderNotStarted("The process that reads mails did not start.")
        return self._line

    def _start(self) -> None:
        self._line, theirs = socket.socketpair()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
        try:
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 (a module of ours, no shell)
                    [sys.executable, "-m", self._module],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd=_ROOT,
                    env=environment,
                    # Ctrl-C reaches the parent alone.
                    start_new_session=True,
                )
            frames.receive(self._line, until=monotonic() + _START_SECONDS)
        except OSError:
            self.stop()
