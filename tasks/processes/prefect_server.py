"""Run the embedded Prefect server: the engine and the administrators' window, never the memory.

Its data can be wiped and nothing is lost. Nothing of it leaves the machine: no analytics, no promotions.
"""

import os
import socket
import sys
import time
from collections.abc import Collection, Mapping
from importlib.metadata import distribution
from pathlib import Path
from types import TracebackType
from typing import Self

from tasks.processes.child import Child
from tasks.processes.prefect_address import ZONES, PrefectAddress, without_prefect

_ROOT = Path(__file__).resolve().parents[2]

AT_ONCE = 2
"""How many runs of flows the worker carries out at once; on SQLite more would wait for each other."""

HOSTS = "GUARDED_PREFECT_HOSTS"
"""The variable by which guarded_prefect.py hears which hosts may be asked for, with commas."""

# Measured on Prefect 3.8.8; each is here because its default did harm.
_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # Relative to the address in the browser, so that the pages work from another machine as well.
    "PREFECT_SERVER_UI_API_URL": "/api",
    # An administrator sees the mornings of four weeks ahead, not three. Prefect looks 100 days ahead at most: were more
    # wanted than their 71 weekdays, it would lay all of them out anew each minute.
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "20",
    # On SQLite a busy minute makes runs late, and marking them late makes it busier.
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "120",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "30",
    "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE": "40",
    # A slot of a concurrency limit that a killed worker held must be freed after a restart too.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT__SERVER_FINAL": "1",
    **ZONES,
}

EVERY_SERVICE: Mapping[str, str] = {}
"""Settings of a server at which all of Prefect's own services work beside the requests."""

# They write into the same SQLite file at the same time. A request that reads before such a write, and writes after it,
# is answered 503, and Prefect's client asks again two seconds later.
NO_SERVICES: Mapping[str, str] = {
    f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
    for service in (
        "CANCELLATION_CLEANUP",
        "DB_VACUUM",
        "EVENT_PERSISTER",
        "FOREMAN",
        "LATE_RUNS",
        "PAUSE_EXPIRATIONS",
        "SCHEDULER",
        "TASK_RUN_RECORDER",
        "TRIGGERS",
    )
}
"""Settings of a server that only answers requests: nothing of its own is scheduled, watched or swept."""


# Even with analytics off, Prefect's newer pages ask a firm that counts clicks for its settings: the browser is
# told to speak to this server only.
_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'"


class ServerNotReady(Exception):
    """Report that the server did not become healthy; the sentence says where to look."""


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


def _command(host: str, port: int) -> list[str]:
    """Give the command that `prefect server start --background` runs, which itself has no option for a header."""
    where = ["--host", host, "--port", str(port), "--timeout-keep-alive", "5"]
    header = ["--header", f"Content-Security-Policy:{_POLICY}"]
    app = ["--factory", "tasks.processes.guarded_prefect:guarded", "--app-dir", str(_ROOT), "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", *app, *where, *header]


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _pages(home: Path) -> dict[str, str]:
    """Say where the server's pages lie: by itself in its package, and in its home where that belongs to root."""
    package = distribution("prefect").locate_file("prefect/server")
    return {} if os.access(str(package), os.W_OK) else {"PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "pages")}


class PrefectServer(PrefectAddress):
    """Hold a server on `port` (a free port unless given) with its data under `home`, logging to `log`.

    Its API answers only to `login`, name:password, which reaches children by their environment alone: a list of
    arguments is everybody's to read. It answers only to loopback's names, to its own address and to `hosts`.

    As a context manager it is healthy inside and gone afterwards. `start`, `wait_until_healthy` and `stop` let other
    parts start side by side.
    """

    def __init__(
        self,
        home: Path,
        *,
        login: str,
        port: int | None = None,
        host: str = "127.0.0.1",
        hosts: Collection[str] = (),
        services: Mapping[str, str] = EVERY_SERVICE,
        log: Path,
    ) -> None:
        self.port = port or free_port()
        self._host = host
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
        super().__init__(api_url=f"http://{_named(local)}:{self.port}/api", login=login, home=home)
        names = ["localhost", "127.0.0.1", "[::1]", _named(host), *map(_named, hosts)]
        serving = {
            "PREFECT_SERVER_API_HOST": host,
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_SERVER_API_AUTH_STRING": login,
            # Prefect's own pages are of this origin; its default lets every page of the web in.
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": self.url,
            HOSTS: ",".join(dict.fromkeys(names)),
            **_pages(home),
        }
        self._child = Child(
            _command(host, self.port),
            log=log,
            env=without_prefect(dict(os.environ)) | _SETTINGS | dict(services) | serving | {"PREFECT_HOME": str(home)},
            cwd=home,
        )

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
        while not self.answers(within=5):
            if not self._child.running:
                raise ServerNotReady(f"The Prefect server ended: {self._child.last_line()} ({self._child.log})")
            if time.monotonic() > until:
                raise ServerNotReady(
                    f"The Prefect server was not ready after {seconds:.0f} seconds; see {self._child.log}."
                )
            time.sleep(0.1)

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
