"""Runs the embedded Prefect server: the engine and the administrators' window, never the memory.

Its data can be wiped and nothing is lost. Nothing of it leaves the machine: no analytics, no promotions.
"""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tasks.processes.child import Child

# Measured on Prefect 3.8.8; each is here because its default did harm.
_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # Relative to the address in the browser, so that the pages work from another machine as well.
    "PREFECT_SERVER_UI_API_URL": "/api",
    # An administrator sees a hundred runs ahead of each deployment, not three.
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "100",
    # On SQLite a busy minute makes runs late, and marking them late makes it busier.
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "120",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "30",
    "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE": "40",
    # A slot of a concurrency limit that a killed worker held must be freed after a restart too.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT__SERVER_FINAL": "1",
}


# Even with analytics off, Prefect's newer pages ask a firm that counts clicks for its settings: the browser is
# told to speak to this server only.
_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'"


class ServerNotReady(Exception):
    """The server did not become healthy; the sentence says where to look."""


def free_port() -> int:
    """Give a port on loopback that nothing listens on now, and another port at each call."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


_given: set[int] = set()


def refusal(port: int, host: str = "127.0.0.1") -> str:
    """Tell why we cannot listen on that port of `host`, such as "Address already in use"; empty if we can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # Otherwise a port that was in use a minute ago would count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            return trouble.strerror or str(trouble)
    return ""


def without_prefect(environment: dict[str, str]) -> dict[str, str]:
    """Give `environment` without settings of another Prefect: a profile's cloud must never get our runs."""
    return {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}


def _command(host: str, port: int) -> list[str]:
    """Give the command that `prefect server start --background` runs, which itself has no option for a header."""
    where = ["--host", host, "--port", str(port), "--timeout-keep-alive", "5"]
    header = ["--header", f"Content-Security-Policy:{_POLICY}"]
    app = ["--factory", "prefect.server.api.server:create_app", "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", *app, *where, *header]


class PrefectServer:
    """A server on `port` (a free port unless given) with its data under `home`, logging to `log`.

    As a context manager it is healthy inside and gone afterwards. `start`, `wait_until_healthy` and `stop` let other
    parts start side by side.
    """

    def __init__(self, home: Path, *, port: int | None = None, host: str = "127.0.0.1", log: Path) -> None:
        self.port = port or free_port()
        self.home = home
        self._host = host
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
        self.url = f"http://[{local}]:{self.port}" if ":" in local else f"http://{local}:{self.port}"
        self.api_url = f"{self.url}/api"
        serving = {"PREFECT_SERVER_API_HOST": host, "PREFECT_SERVER_API_PORT": str(self.port)}
        self._child = Child(
            _command(host, self.port),
            log=log,
            env=without_prefect(dict(os.environ)) | _SETTINGS | serving | {"PREFECT_HOME": str(home)},
            cwd=home,
        )

    @property
    def client_environment(self) -> dict[str, str]:
        """Give the environment in which a child of ours speaks to this server and to no other."""
        ours = {"PREFECT_API_URL": self.api_url, "PREFECT_HOME": str(self.home), "DO_NOT_TRACK": "1"}
        return without_prefect(dict(os.environ)) | ours

    def start(self) -> None:
        """Start the server. Raises ServerNotReady when the port is taken: another server must not
        be mistaken for ours.
        """
        if why := refusal(self.port, self._host):
            raise ServerNotReady(f"The Prefect server cannot listen on port {self.port} ({why}).")
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._child.start()

    def wait_until_healthy(self, seconds: float = 90) -> None:
        """Wait until it answers: some 10 s at the first start (migrations), later 4 s. Raises ServerNotReady."""
        until = time.monotonic() + seconds
        while not self._healthy():
            if not self._child.running:
                raise ServerNotReady(f"The Prefect server ended: {self._child.last_line()} ({self._child.log})")
            if time.monotonic() > until:
                raise ServerNotReady(
                    f"The Prefect server was not ready after {seconds:.0f} seconds; see {self._child.log}."
                )
            time.sleep(0.1)

    def _healthy(self) -> bool:
        try:
            return httpx.get(f"{self.api_url}/health", timeout=5, trust_env=False).is_success
        except httpx.TransportError:
            return False

    @property
    def running(self) -> bool:
        return self._child.running

    def ask_to_stop(self) -> None:
        self._child.ask_to_stop()

    def stop(self) -> None:
        self._child.stop()

    def __enter__(self) -> Self:
        self.start()
        try:
            self.wait_until_healthy()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@contextmanager
def speaking_to(server: PrefectServer) -> Iterator[None]:
    """Have `server` record the flows that run inside, in this process and in those that it starts.

    Enter it before anything imports prefect, if possible: Prefect reads its environment then, and makes its folder
    there.
    """
    before = dict(os.environ)
    _become(server.client_environment | {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"})
    try:
        from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

        with temporary_settings({PREFECT_API_URL: server.api_url, PREFECT_HOME: server.home}):
            try:
                yield
            finally:
                if server.running:
                    _say_the_last()
    finally:
        _become(before)


def _say_the_last() -> None:
    """Hand Prefect's events over while the server lives: left to the end of the process, it tries for a minute."""
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=10)


def _become(environment: dict[str, str]) -> None:
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)
