"""Let real processes live one moment of a day, and kill themselves with -9 at the n-th step of it.

A step is each statement that writes to the database, each end of a transaction, and each move of the talk with the mail
server: before a command, in the middle of the mail, when the server has answered and nobody has read it yet, and after
that. A process killed at a statement that reads leaves what one leaves that is killed at the next step.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]


class Nursery(AbstractContextManager["Nursery"]):
    """Start such processes one after the other: forked from one that has imported everything already."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.tasks.dying"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def live(self, given: dict[str, Any], *, duties: Sequence[str], at: datetime, dies_at: int) -> str:
        """Live to the step at which it died; empty when it came to its end before."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = {"given": given, "duties": list(duties), "at": at.isoformat(), "dies_at": dies_at}
        print(json.dumps(told), file=self._process.stdin, flush=True)
        died, step = json.loads(self._process.stdout.readline())
        assert died == bool(step), f"it failed of itself: {step or 'see its traceback'}"
        return str(step)


def _serve() -> None:
    for line in sys.stdin:
        told = json.loads(line)
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read_end)
            # Whatever happens in it, it never reads the next line.
            os._exit(_outcome(told, write_end))
        os.close(write_end)
        _, status = os.waitpid(child, 0)
        with os.fdopen(read_end) as last_words:
            step = last_words.read()
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps((killed or status != 0, step)) + "\n")
        sys.stdout.flush()


def _outcome(told: dict[str, Any], last_words: int) -> int:
    try:
        _live(told, last_words)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _live(told: dict[str, Any], last_words: int) -> None:
    """Decide and deliver, as the flows do."""
    from config.settings import Settings, using
    from models.store import Store
    from tasks.council.ledger import engine, gather, write
    from tasks.sending import handing, outbox
    from tasks.sending.deliver import deliver
    from timeline.escalation.day import decide_day

    at, duties = datetime.fromisoformat(told["at"]), frozenset(told["duties"])
    outbox.LINES = {}  # one line, so that the steps of one run are those of the next
    handing.WITHIN_SECONDS = 3600.0  # however slow the machine is
    with using(Settings.given(**told["given"])) as settings:
        store = Store(engine(settings.database_url), "medway")
        _watch(store.engine, told["dies_at"], last_words)
        write(store, decide_day(gather(store, duties, at=at), obligations=duties, at=at))
        deliver(store, settings, at=at)


def _watch(engine: Any, dies_at: int, last_words: int) -> None:
    from sqlalchemy import event

    from tasks.channels.smtp.timed_smtp import Wire

    steps = count(1)

    def step(what: str) -> None:
        if next(steps) == dies_at:
            os.write(last_words, what.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def written(statement: str) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            step(statement)

    say, hear = Wire.send, Wire.getreply

    def send(self: Wire, s: Any) -> None:
        command = bytes(s, "ascii") if isinstance(s, str) else bytes(s)
        what = command[:4].decode("ascii", "replace") if len(command) < 500 else "content"
        step(f"before {what}")
        if what == "content":
            middle = len(command) // 2
            say(self, command[:middle])
            step("in the middle of content")
            say(self, command[middle:])
        else:
            say(self, s)
        # It has the answer when this returns, so that what the server does is done when we die.
        self._line().recv(1, 2)
        step(f"answered {what}")

    def getreply(self: Wire) -> tuple[int, bytes]:
        reply = hear(self)
        step(f"read {reply[0]}")
        return reply

    Wire.send, Wire.getreply = send, getreply  # type: ignore[method-assign]
    event.listen(engine, "before_cursor_execute", lambda *given: written(" ".join(given[2].split())[:60]))
    event.listen(engine, "commit", lambda _: step("COMMIT"))


if __name__ == "__main__":
    # Imported before the first fork, so that each process is there at once.
    import tests.harness  # noqa: F401

    _serve()
