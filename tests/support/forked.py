"""Start programs that tests kill, forked from one that has imported Daymark already: a start of Python that imports it
takes two seconds.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import TextIO

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Forked:
    """Hold a program under way: what it prints, and its process."""

    process: int
    stdout: TextIO

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)


@dataclass(frozen=True)
class Forks:
    """Start programs, given as text, in processes of their own."""

    _parent: "subprocess.Popen[str]"
    _folder: Path = field(default_factory=lambda: Path(mkdtemp(prefix="daymark-forks-")))

    @contextmanager
    def running(self, program: str, *arguments: str) -> Iterator[Forked]:
        """Start it with these arguments, and kill it at the end. It prints "failed" where it does."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        pipe = self._folder / f"{len(list(self._folder.iterdir()))}"
        os.mkfifo(pipe)
        print(json.dumps([program, arguments, str(pipe)]), file=self._parent.stdin, flush=True)
        with pipe.open() as stdout:
            child = Forked(int(self._parent.stdout.readline()), stdout)
            try:
                yield child
            finally:
                child.kill()


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Give a parent for programs of this session; import it where it is needed."""
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        yield Forks(parent)
        parent.communicate()


def _serve() -> None:
    # Nobody waits for a child: what becomes of it is seen by what it leaves.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        program, arguments, pipe = json.loads(line)
        if child := os.fork():
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
            continue
        # Whatever happens in it, it never reads the next line.
        os._exit(_outcome(program, arguments, pipe))


def _outcome(program: str, arguments: list[str], pipe: str) -> int:
    try:
        os.dup2(os.open(pipe, os.O_WRONLY), 1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sys.argv[1:] = arguments
        exec(compile(program, "<forked>", "exec"), {"__name__": "__main__"})  # noqa: S102 (a text of the test's own)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os.write(1, b"failed\n")
        return 1
    return 0


if __name__ == "__main__":
    # Imported before the first fork, so that each program is there at once.
    import tests.harness
    import tests.models.privacy.test_retention  # noqa: F401

    _serve()
