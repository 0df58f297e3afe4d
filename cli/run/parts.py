"""The parts that `daymark up` runs side by side: how each is started, watched and stopped."""

import asyncio
import socket
import sys
import threading
import time
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import uvicorn
from starlette.types import ASGIApp

from config.settings import ROOT, Settings
from tasks.processes.child import Child
from tasks.processes.prefect_server import PrefectServer, refusal
from web.connections import BoundedProtocol

T = TypeVar("T")

_LOOKS_EVERY_SECONDS = 0.5
# asyncio takes as many connections at once before it looks at any of them: more could use up the files of the process.
_BACKLOG = 64
# The children of a `daymark up` that was killed end by themselves, but not at once.
_CHILDREN_DIE_WITHIN_SECONDS = 2


class PortsTaken(Exception):
    """Ports that cannot be used: a sentence and a line for each."""


class PartEnded(Exception):
    """A part ended by itself; the sentence names it and its log."""


class Part(Protocol):
    """A part that runs beside us; people call it by `name`."""

    @property
    def name(self) -> str: ...

    @property
    def running(self) -> bool: ...

    def why(self) -> str:
        """Tell where to look when it ended."""
        ...


class Server:
    """The Prefect server, as a part."""

    name = "Prefect server"

    def __init__(self, server: PrefectServer, log: Path) -> None:
        self._server, self._log = server, log

    @property
    def running(self) -> bool:
        return self._server.running

    def why(self) -> str:
        return f"see {self._log}"


class Worker(Child):
    """The process that runs flows when they are due.

    It runs two at a time: on SQLite more would wait for each other, and the machine is small.
    """

    name = "worker"

    def __init__(self, log: Path, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "prefect", "worker", "start", "--name", "daymark"]
        where = ["--pool", "daymark", "--type", "process", "--limit", "2"]
        super().__init__([*command, *where], log=log, env=_for_worker(environment), cwd=ROOT)

    def why(self) -> str:
        return f"see {self.log}"


def _for_worker(environment: Mapping[str, str]) -> dict[str, str]:
    # prefect.yaml says `python`, which must be our own interpreter. A run started by hand begins within five seconds.
    path = f"{Path(sys.executable).parent}:{environment.get('PATH', '')}"
    return {**environment, "PATH": path, "PREFECT_WORKER_QUERY_SECONDS": "5"}


class Pages:
    """The officers' pages under uvicorn, in a thread of ours."""

    name = "officers' pages"

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        # No access log: it would keep the tokens of secure links.
        config = uvicorn.Config(
            app,
            http=BoundedProtocol,
            ws="none",
            limit_concurrency=2 * BoundedProtocol.most,
            backlog=_BACKLOG,
            access_log=False,
            log_config=None,
            lifespan="off",
        )
        self._server = uvicorn.Server(config)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=128)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def why(self) -> str:
        return "its fault stands above"

    def stop(self) -> None:
        """Let requests under way end, for five seconds at most."""
        self._server.should_exit = True
        self._thread.join(5)


def check_ports(settings: Settings) -> None:
    """Raise PortsTaken with a sentence for each port that another process listens on, or for a wrong address."""
    if refusal(0, settings.bind):
        raise PortsTaken(f"DAYMARK_BIND is {settings.bind!r}: expected an address of this machine.")
    if settings.lmtp_port and refusal(0, settings.lmtp_bind):
        raise PortsTaken(f"DAYMARK_LMTP_BIND is {settings.lmtp_bind!r}: expected an address of this machine.")
    wanted = {"DAYMARK_PREFECT_PORT": settings.prefect_port, "DAYMARK_PORT": settings.port}
    if settings.catches_mail:
        wanted["DAYMARK_SMTP_PORT"] = settings.smtp_port
    if settings.lmtp_port:
        wanted["DAYMARK_LMTP_PORT"] = settings.lmtp_port
    binds = {"DAYMARK_LMTP_PORT": settings.lmtp_bind}
    until = time.monotonic() + _CHILDREN_DIE_WITHIN_SECONDS
    while refused := {
        name: why for name, port in wanted.items() if (why := refusal(port, binds.get(name, settings.bind)))
    }:
        if time.monotonic() > until:
            raise PortsTaken("\n".join(_taken(name, wanted[name], why) for name, why in refused.items()))
        time.sleep(0.1)


def _taken(name: str, port: int, why: str) -> str:
    return f"Port {port} cannot be had ({why}): stop what uses it, or set {name} to a free port."


def check(parts: Sequence[Part]) -> None:
    """Raise PartEnded when a part no longer runs."""
    for part in parts:
        if not part.running:
            raise PartEnded(f"The {part.name} ended unexpectedly; {part.why()}.")


async def while_all_live(parts: Sequence[Part], work: Coroutine[object, object, T]) -> T:
    """Return the outcome of `work`. Give up and raise PartEnded when a part that it needs has ended."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            check(parts)
            await asyncio.wait({task}, timeout=_LOOKS_EVERY_SECONDS)
    finally:
        task.cancel()
    return await task
