"""Run the parts that `daymark up` runs side by side: how each is started, watched and stopped."""

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from config.settings import ROOT, Settings
from config.values import LOOPBACK
from tasks.processes.child import Child
from tasks.processes.listening import listening
from tasks.processes.prefect_address import PrefectAddress
from tasks.processes.prefect_server import AT_ONCE, PrefectServer, refusal
from web.connections import BoundedProtocol

T = TypeVar("T")

_LOOKS_EVERY_SECONDS = 0.5
# asyncio takes as many connections at once before it looks at any of them: more could use up the files of the process.
_BACKLOG = 64
# The name of the work pool, and of its only worker.
_DAYMARK = "daymark"
# The children of a `daymark up` that was killed end by themselves, but not at once.
_CHILDREN_DIE_WITHIN_SECONDS = 2


class PortsTaken(Exception):
    """Report ports that cannot be used: a sentence and a line for each."""


class PartEnded(Exception):
    """Report that a part ended by itself while we started; the sentence names it and its log."""


def prefect_address(settings: Settings) -> PrefectAddress:
    """Give the address of the Prefect server that others run, where the settings name it, or of ours."""
    if settings.prefect_url:
        return PrefectAddress(settings.prefect_api_url, settings.prefect_login(), settings.prefect_home)
    return prefect_server(settings)


def prefect_server(settings: Settings) -> PrefectServer:
    """Give the Prefect server of these settings, not started."""
    return PrefectServer(
        settings.prefect_home,
        login=settings.prefect_login(),
        port=settings.prefect_port,
        host=settings.prefect_bind,
        hosts=[urlsplit(settings.base_url).hostname or LOOPBACK],
        log=settings.logs / "prefect-server.log",
    )


class Part(Protocol):
    """Ask for a part that runs beside us; people call it by `name`."""

    @property
    def name(self) -> str: ...

    def fault(self) -> str:
        """Say why it does not do its work, as the end of a sentence about it; empty when it does."""
        ...


class Server:
    """Run the Prefect server, as a part. It ends, or it lives and does not answer: then it hangs."""

    name = "Prefect server"
    # In a burst of runs on SQLite an answer takes seconds; after a start it takes its time until the first.
    asked_every, answers_within, silences = 5.0, 10.0, 3
    starts_within = 90.0

    def __init__(self, server: PrefectServer, log: Path) -> None:
        self._server, self._log = server, log
        self._asked_at, self._silent, self._starts_until = time.monotonic(), 0, 0.0

    def fault(self) -> str:
        if not self._server.running:
            return f"ended unexpectedly; see {self._log}."
        if self._hangs(time.monotonic()):
            return f"does not answer any more; see {self._log}."
        return ""

    def _hangs(self, now: float) -> bool:
        if now < self._asked_at + self.asked_every:
            return False
        if self._server.answers(within=self.answers_within):
            self._silent, self._starts_until = 0, 0.0
        elif now >= self._starts_until:
            self._silent += 1
        self._asked_at = time.monotonic()
        return self._silent >= self.silences

    def start_again(self) -> None:
        self._server.stop()
        self._server.start()
        self._silent, self._starts_until = 0, time.monotonic() + self.starts_within


class Worker(Child):
    """Run the process that runs flows when they are due.

    It has room for one run more than the queue of the duties may fill, so that an administrator's form never waits.
    `before` is done whenever it is to start: it clears away what an earlier worker left behind.
    """

    name = "worker"
    # Prefect calls it offline when it has not reported for 90 seconds; a start takes some too.
    asked_every, starts_within = 30.0, 180.0

    def __init__(
        self, log: Path, server: PrefectAddress, before: Callable[[], object], called: str = _DAYMARK, limit: int = 0
    ) -> None:
        command = worker_command(called, limit=limit or AT_ONCE + 1)
        super().__init__(command, log=log, env=for_worker(server.client_environment), cwd=ROOT)
        self._called, self._server, self._before, self._asked_at, self._silent = called, server, before, 0.0, 0

    def fault(self) -> str:
        if not self.running:
            return f"ended unexpectedly; see {self.log}."
        return f"does not report any more; see {self.log}." if self._hangs(time.monotonic()) else ""

    def _hangs(self, now: float) -> bool:
        """Tell whether a server that answers has not heard of it, twice in a row."""
        if now < self._asked_at + self.asked_every:
            return False
        self._asked_at = now
        self._silent = self._silent + 1 if self._server.hears_of(_DAYMARK, self._called) is False else 0
        return self._silent > 1

    def start(self) -> None:
        self._before()
        self._asked_at, self._silent = time.monotonic() + self.starts_within, 0
        super().start()

    def start_again(self) -> None:
        self.stop()
        self.start()


def worker_command(name: str, *, limit: int) -> list[str]:
    """Give the command of a worker of that name, which carries out so many runs at once."""
    command = [sys.executable, "-m", "prefect", "worker", "start", "--name", name]
    return [*command, "--pool", _DAYMARK, "--type", "process", "--limit", str(limit)]


def for_worker(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a worker: a run started by hand begins within five seconds."""
    return {**environment, "PREFECT_WORKER_QUERY_SECONDS": "5"}


class Pages:
    """Serve the officers' pages under uvicorn, in a thread of ours. They need no other part."""

    name = "officers' pages"

    def __init__(self, app: ASGIApp | str, *, host: str, port: int) -> None:
        self._app, self._host, self._port = app, host, port

    def config(self) -> uvicorn.Config:
        """Give how they are served, each time they start."""
        # No access log: it would keep the tokens of secure links.
        return uvicorn.Config(
            self._app,
            http=BoundedProtocol,
            ws="none",
            limit_concurrency=2 * BoundedProtocol.most,
            backlog=_BACKLOG,
            access_log=False,
            log_config=None,
            lifespan="off",
        )

    def start(self) -> None:
        self._server = uvicorn.Server(self.config())
        listens = listening(self._host, self._port)
        self._thread = threading.Thread(target=self._server.run, args=([listens],), daemon=True)
        self._thread.start()

    def fault(self) -> str:
        return "" if self._thread.is_alive() else "ended unexpectedly; the fault stands above."

    def start_again(self) -> None:
        self.start()

    def stop(self) -> None:
        """Let requests under way end, for five seconds at most."""
        self._server.should_exit = True
        self._thread.join(5)


def check_ports(settings: Settings) -> None:
    """Raise PortsTaken with a sentence for each port that another process listens on, or for a wrong address."""
    binds = {"DAYMARK_BIND": settings.bind, "DAYMARK_PREFECT_BIND": settings.prefect_bind}
    if settings.lmtp_port:
        binds["DAYMARK_LMTP_BIND"] = settings.lmtp_bind
    if wrong := [name for name, address in binds.items() if refusal(0, address)]:
        raise PortsTaken("\n".join(f"{name} is {binds[name]!r}: {_AN_ADDRESS}" for name in wrong))
    wanted = _addresses(settings)
    until = time.monotonic() + _CHILDREN_DIE_WITHIN_SECONDS
    while refused := {name: why for name, (host, port) in wanted.items() if (why := refusal(port, host))}:
        if time.monotonic() > until:
            raise PortsTaken("\n".join(_taken(name, wanted[name][1], why) for name, why in refused.items()))
        time.sleep(0.1)


_AN_ADDRESS = "expected an address of this machine."


def _addresses(settings: Settings) -> dict[str, tuple[str, int]]:
    """Give the address of each part that listens, by the setting of its port."""
    wanted = {
        "DAYMARK_PREFECT_PORT": (settings.prefect_bind, settings.prefect_port),
        "DAYMARK_PORT": (settings.bind, settings.port),
    }
    if settings.catches_mail:
        wanted["DAYMARK_SMTP_PORT"] = (LOOPBACK, settings.smtp_port)
    if settings.lmtp_port:
        wanted["DAYMARK_LMTP_PORT"] = (settings.lmtp_bind, settings.lmtp_port)
    return wanted


def _taken(name: str, port: int, why: str) -> str:
    return f"Port {port} cannot be had ({why}): stop what uses it, or set {name} to a free port."


def check(parts: Sequence[Part]) -> None:
    """Raise PartEnded when a part does not do its work."""
    for part in parts:
        if fault := part.fault():
            raise PartEnded(f"The {part.name} {fault}")


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
