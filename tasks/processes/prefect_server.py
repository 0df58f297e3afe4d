"""Run the embedded Prefect server: the engine and the administrators' window, never the memory.

Its data can be wiped and nothing is lost. Nothing of it leaves the machine: no analytics, no promotions.
"""

import os
import socket
import ssl
import sys
import time
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self

import certifi
import httpx

from tasks.processes.child import Child

_ROOT = Path(__file__).resolve().parents[2]

AT_ONCE = 2
"""How many runs of flows the worker carries out at once; on SQLite more would wait for each other."""

HOSTS = "GUARDED_PREFECT_HOSTS"
"""The variable by which guarded_prefect.py hears which hosts may be asked for, with commas."""

# On loopback nobody shows a certificate, and reading the usual 140 authorities takes a twentieth of a second each time.
_NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# For each schedule that it reads Prefect lists all zones. In the folder of the machine that takes 20 ms, from the
# package `tzdata`, which pendulum reads in any case, 0.3 ms.
_ZONES = {"PYTHONTZPATH": ""}

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
    **_ZONES,
}


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


def without_prefect(environment: dict[str, str]) -> dict[str, str]:
    """Give `environment` without settings of another Prefect: a profile's cloud must never get our runs."""
    return {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}


def _command(host: str, port: int) -> list[str]:
    """Give the command that `prefect server start --background` runs, which itself has no option for a header."""
    where = ["--host", host, "--port", str(port), "--timeout-keep-alive", "5"]
    header = ["--header", f"Content-Security-Policy:{_POLICY}"]
    app = ["--factory", "tasks.processes.guarded_prefect:guarded", "--app-dir", str(_ROOT), "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", *app, *where, *header]


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def one_authority(home: Path) -> Path:
    """Write a file of a single authority into that folder, and give its path.

    Prefect parses the whole bundle of 140 for each of the dozen clients of a run, a third of the run's time, though on
    loopback no certificate is ever looked at.
    """
    path, end = home / "one-authority.pem", "-----END CERTIFICATE-----\n"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(Path(certifi.where()).read_text().split(end)[0] + end)
    return path


class PrefectServer:
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
        log: Path,
    ) -> None:
        self.port = port or free_port()
        self.home = home
        self._host = host
        self.login = login
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
        self.url = f"http://{_named(local)}:{self.port}"
        self.api_url = f"{self.url}/api"
        names = ["localhost", "127.0.0.1", "[::1]", _named(host), *map(_named, hosts)]
        serving = {
            "PREFECT_SERVER_API_HOST": host,
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_SERVER_API_AUTH_STRING": login,
            # Prefect's own pages are of this origin; its default lets every page of the web in.
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": self.url,
            HOSTS: ",".join(dict.fromkeys(names)),
        }
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
        ours |= _ZONES | {
            "PREFECT_API_AUTH_STRING": self.login,
            "PREFECT_API_SSL_CERT_FILE": str(one_authority(self.home)),
        }
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
        while not self.answers(within=5):
            if not self._child.running:
                raise ServerNotReady(f"The Prefect server ended: {self._child.last_line()} ({self._child.log})")
            if time.monotonic() > until:
                raise ServerNotReady(
                    f"The Prefect server was not ready after {seconds:.0f} seconds; see {self._child.log}."
                )
            time.sleep(0.1)

    def answers(self, *, within: float) -> bool:
        """Tell whether it answers within so many seconds; a process that hangs lives and does not."""
        try:
            return httpx.get(
                f"{self.api_url}/health", timeout=within, verify=_NO_AUTHORITIES, trust_env=False
            ).is_success
        except httpx.TransportError:
            return False

    def hears_of(self, pool: str, worker: str) -> bool | None:
        """Tell whether the worker of that pool still reports, as it does every 30 seconds; None when nobody knows."""
        name, _, password = self.login.partition(":")
        try:
            answer = httpx.post(
                f"{self.api_url}/work_pools/{pool}/workers/filter",
                json={},
                auth=(name, password),
                timeout=10,
                verify=_NO_AUTHORITIES,
                trust_env=False,
            )
            status = {row["name"]: row["status"] for row in answer.raise_for_status().json()}
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            # No answer, or that of another program, which has taken the port meanwhile.
            return None
        return status[worker] == "ONLINE" if worker in status else None

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
