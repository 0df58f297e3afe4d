"""`daymark up` as people meet it: a real command, real ports, real signals."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from config.settings import ROOT
from tasks.processes.prefect_server import free_port
from tests.support import templates
from tests.support.soon import soon

pytestmark = pytest.mark.slow("starts Prefect, a worker and the pages, and ends them in every way")

PORTS = ("DAYMARK_PORT", "DAYMARK_PREFECT_PORT", "DAYMARK_SMTP_PORT")
ENDS_WITHIN_SECONDS = 20  # on a busy machine; it was 81 once
DAYMARK = Path(sys.executable).with_name("daymark")


@dataclass(frozen=True)
class Place:
    """A home and three ports of its own, used by one `daymark up` after another."""

    home: Path
    ports: dict[str, int]

    @property
    def environment(self) -> dict[str, str]:
        found = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        return found | {name: str(port) for name, port in self.ports.items()} | {"DAYMARK_HOME": str(self.home)}

    @property
    def login(self) -> str:
        return (self.home / "prefect.login").read_text().strip()

    def administrator(self) -> httpx.Client:
        """Prefect's API for somebody who has the login."""
        name, _, password = self.login.partition(":")
        api = f"http://127.0.0.1:{self.ports['DAYMARK_PREFECT_PORT']}/api"
        return httpx.Client(base_url=api, auth=(name, password), timeout=30)

    def processes(self, holding: str = "") -> set[int]:
        """Every process that works for this home, or those whose command line holds a word."""
        mark, found = f"DAYMARK_HOME={self.home}\0".encode(), set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                ours = mark in (folder / "environ").read_bytes() + b"\0"
                if ours and holding.encode() in (folder / "cmdline").read_bytes():
                    found.add(int(folder.name))
            except OSError:
                continue
        return found

    def up(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [DAYMARK, "up"],
            env=self.environment,
            # Not the project's root: the parts must find it, and the home, by themselves.
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    home = tmp_path_factory.mktemp("up") / "var"
    templates.migrated_prefect(home / "prefect")
    return Place(home, {name: free_port() for name in PORTS})


@pytest.fixture(autouse=True)
def nothing_left(place: Place) -> Iterator[None]:
    """A test that fails leaves the next one a free place."""
    yield
    for process in place.processes():
        os.kill(process, signal.SIGKILL)
    assert soon(lambda: place.processes() == set())


def _addresses(running: "subprocess.Popen[str]") -> list[str]:
    """What it prints once everything is ready; waits for it, and fails with its errors when it ends instead."""
    assert running.stdout is not None
    lines = [running.stdout.readline() for _ in range(5)]
    if not lines[-1]:
        pytest.fail(f"daymark up ended: {''.join(lines)}{running.communicate()[1]}")
    return [line.split()[-1] for line in lines[1:]]


def _end(running: "subprocess.Popen[str]", signum: signal.Signals) -> tuple[int, str]:
    running.send_signal(signum)
    _, errors = running.communicate(timeout=60)
    return running.returncode, errors


def _posted(prefect: httpx.Client, path: str, body: Any) -> Any:
    """What Prefect says; in its first minute it lays out runs for 100 days, and may answer that it is too busy."""
    answers: list[httpx.Response] = []

    def taken() -> bool:
        answers.append(prefect.post(path, json=body))
        return answers[-1].is_success

    assert soon(taken), answers[-1].text
    return answers[-1].json()


def _outcome_of_a_run(prefect: httpx.Client, **wishes: Any) -> str:
    """Runs `notify` as an administrator does in Prefect's pages, through the worker: the state it ends in."""
    notify = prefect.get("/deployments/name/notify/notify").json()
    wanted = {"state": {"type": "SCHEDULED"}, **wishes}
    run = _posted(prefect, f"/deployments/{notify['id']}/create_flow_run", wanted)

    def state() -> str:
        found: str = prefect.get(f"/flow_runs/{run['id']}").json()["state"]["type"]
        return found

    soon(lambda: state() in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"), 90)
    return state()


def _shown_to_everybody() -> bytes:
    """The arguments of every process, as `ps` shows them."""
    shown = b""
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            shown += arguments.read_bytes()
    return shown


def test_everything_runs_and_stops_cleanly(place: Place) -> None:
    running = place.up()
    prefect, pages, mail, login = _addresses(running)

    assert httpx.get(f"{prefect}/api/health").json() is True
    assert httpx.get(f"{pages}/health").is_success
    assert mail == f"{pages}/mail"
    with socket.create_connection(("127.0.0.1", place.ports["DAYMARK_SMTP_PORT"])) as catcher:
        assert catcher.recv(4) == b"220 "

    # The address of the login, never the login itself: what is no terminal is a log.
    assert (login, Path(login).stat().st_mode & 0o777) == (str(place.home / "prefect.login"), 0o600)
    password = place.login.partition(":")[2]
    assert password.encode() not in _shown_to_everybody()

    with place.administrator() as administrator:
        deployed = _posted(administrator, "/deployments/filter", {})
        wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
        assert {found["name"] for found in deployed} == {entry["name"] for entry in wanted}
        for found in deployed:
            body = {
                "deployments": {"id": {"any_": [found["id"]]}},
                "flow_runs": {"state": {"name": {"any_": ["Scheduled"]}}},
            }
            waiting = _posted(administrator, "/flow_runs/count", body)
            assert (waiting > 0) == bool(found["schedules"]), found["name"]

        # An administrator too may start only our flows, and no program of their own.
        program = {"command": f"touch {place.home / 'taken'}", "working_dir": str(place.home.parent)}
        outcome = _outcome_of_a_run(administrator, job_variables=program)
        assert outcome == "COMPLETED", (place.home / "logs/worker.log").read_text()
        assert not (place.home / "taken").exists()
    for log in (place.home / "logs").iterdir():
        assert password not in log.read_text(errors="replace"), log

    second = subprocess.run([DAYMARK, "up"], env=place.environment, capture_output=True, text=True)
    assert second.returncode == 2
    assert second.stderr.startswith(f"Daymark is already running in {place.home} (process {running.pid})")

    status, errors = _end(running, signal.SIGINT)
    assert (status, errors.splitlines()[-1]) == (0, "Stopped.")
    assert place.processes() == set()


# By the words of its command line: the part, its name and its log.
PARTS = {
    "worker": ("The worker", "worker.log"),
    "guarded_prefect": ("The Prefect server", "prefect-server.log"),
}


def test_nothing_outlives_one_that_was_killed_it_starts_again_and_so_does_each_part(place: Place) -> None:
    running = place.up()
    _addresses(running)
    assert len(place.processes()) > 2
    _end(running, signal.SIGKILL)
    # At once, as a supervisor would.
    again = place.up()
    _, pages, *_ = _addresses(again)
    for part in PARTS:
        killed = place.processes(part)
        for process in killed:
            os.kill(process, signal.SIGKILL)
        assert soon(lambda: _answers(f"{pages}/health"))
        assert soon(partial(_is_new, place, part, killed))
    with place.administrator() as administrator:
        assert soon(lambda: _answers(f"{administrator.base_url}health"))
        assert _outcome_of_a_run(administrator) == "COMPLETED"
    status, errors = _end(again, signal.SIGTERM)
    assert status == 0
    for name, log in PARTS.values():
        ended = f"{name} ended unexpectedly; see {place.home}/logs/{log}. It is started again in 1 s."
        assert ended in errors.splitlines()
        assert ended in (place.home / "logs/restarts.log").read_text()


def _is_new(place: Place, part: str, before: set[int]) -> bool:
    return place.processes(part) - before != set()


def _answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(address, timeout=10).is_success
    return False


def test_a_service_that_is_told_to_stop_while_it_starts_leaves_nothing(place: Place) -> None:
    running = place.up()
    soon(lambda: len(place.processes()) > 2 or running.poll() is not None)
    told = time.monotonic()
    status, errors = _end(running, signal.SIGTERM)
    assert time.monotonic() - told < ENDS_WITHIN_SECONDS
    assert (status, errors.splitlines()[-1]) == (0, "Stopped.")
    assert place.processes() == set()


def test_an_address_that_is_not_this_machines_is_told(tmp_path: Path) -> None:
    place = Place(tmp_path / "var", {name: free_port() for name in PORTS})
    environment = place.environment | {"DAYMARK_BIND": "192.0.2.1"}
    refused = subprocess.run([DAYMARK, "up"], env=environment, capture_output=True, text=True)
    assert (refused.returncode, refused.stderr) == (
        2,
        "DAYMARK_BIND is '192.0.2.1': expected an address of this machine.\n",
    )


def test_each_taken_port_is_told_with_the_setting_that_changes_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "var", {name: free_port() for name in PORTS})
    others = [socket.create_server(("127.0.0.1", port)) for port in place.ports.values()]
    refused = subprocess.run([DAYMARK, "up"], env=place.environment, capture_output=True, text=True)
    for other in others:
        other.close()
    assert refused.returncode == 2
    assert sorted(refused.stderr.splitlines()) == sorted(
        f"Port {port} cannot be had (Address already in use): stop what uses it, or set {name} to a free port."
        for name, port in place.ports.items()
    )
    assert [path.name for path in place.home.iterdir()] == ["up.lock"]
