"""Hold a place in which `daymark up` runs as people run it: a home, ports, its processes, and Prefect as administrators
ask it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.ports import free_port
from tests.support.soon import soon

INSTALLED = ("replay", "killed", "served", "set")
"""The stories of the installed command that take turns: days replayed, `up` killed and started again, pages served by
several processes, and the set of several machines.
"""
DAYMARK = Path(sys.executable).with_name("daymark")
PORTS = ("DAYMARK_PORT", "DAYMARK_PREFECT_PORT", "DAYMARK_SMTP_PORT")
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@dataclass(frozen=True)
class Place:
    """Hold a home and three ports of its own, used by one `daymark up` after another."""

    home: Path
    ports: dict[str, int]

    @classmethod
    def at(cls, home: Path) -> "Place":
        return cls(home, {name: free_port() for name in PORTS})

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        return inherited | {name: str(port) for name, port in self.ports.items()} | {"DAYMARK_HOME": str(self.home)}

    @property
    def login(self) -> str:
        return (self.home / "prefect.login").read_text().strip()

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

    def processes(self, holding: str = "") -> set[int]:
        """Give every process that works for this home, or those whose command line holds a word."""
        mark, ours = f"DAYMARK_HOME={self.home}\0".encode(), set()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                works_for_it = mark in (folder / "environ").read_bytes() + b"\0"
                if works_for_it and holding.encode() in (folder / "cmdline").read_bytes():
                    ours.add(int(folder.name))
        return ours

    def kill(self, holding: str = "") -> set[int]:
        """Kill every process that works for this home, or those whose command line holds a word; give them."""
        killed = self.processes(holding)
        for process in killed:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return killed

    def administrator(self) -> "Administrator":
        return Administrator(f"http://127.0.0.1:{self.ports['DAYMARK_PREFECT_PORT']}/api", self.login)


class Administrator:
    """Ask Prefect's API with the login. Each question is asked again until it is answered.

    A Prefect that starts, or that a busy machine slows down, does not answer, or answers that it is too busy.
    """

    def __init__(self, api: str, login: str) -> None:
        name, _, password = login.partition(":")
        self._client = httpx.Client(base_url=api, auth=(name, password), timeout=10)

    def get(self, path: str) -> Any:
        return self._answer(lambda: self._client.get(path))

    def post(self, path: str, body: Any) -> Any:
        return self._answer(lambda: self._client.post(path, json=body))

    def patch(self, path: str, body: Any) -> None:
        self._answer(lambda: self._client.patch(path, json=body), answers=False)

    def _answer(self, ask: Callable[[], httpx.Response], seconds: float = 120, *, answers: bool = True) -> Any:
        given: list[httpx.Response] = []

        def is_answered() -> bool:
            with suppress(httpx.TransportError):
                given.append(ask())
                return given[-1].is_success
            return False

        assert soon(is_answered, seconds), given[-1].text if given else "Prefect does not answer."
        return given[-1].json() if answers else None

    def outcome_of_a_run(self, name: str = "notify", **wishes: Any) -> str:
        """Run a flow as an administrator does in Prefect's pages, through the worker: the state it ends in."""
        deployment = self.get(f"/deployments/name/{name}/{name}")
        # A question that was answered too late, and is asked again, must not start a second run.
        wanted = {"state": {"type": "SCHEDULED"}, "idempotency_key": os.urandom(8).hex(), **wishes}
        run = self.post(f"/deployments/{deployment['id']}/create_flow_run", wanted)

        def state() -> str:
            return str(self.get(f"/flow_runs/{run['id']}")["state"]["type"])

        soon(lambda: state() in _ENDED, 180)
        return state()


def addresses(running: "subprocess.Popen[str]") -> list[str]:
    """Give what it prints once everything is ready; wait for it, and fail with its errors when it ends instead."""
    assert running.stdout is not None
    lines = [running.stdout.readline() for _ in range(5)]
    if not lines[-1]:
        pytest.fail(f"daymark up ended: {''.join(lines)}{running.communicate()[1]}")
    return [line.split()[-1] for line in lines[1:]]


def end(running: "subprocess.Popen[str]", signum: signal.Signals) -> tuple[int, str]:
    """Send the signal; the exit status, and all that it said on stderr."""
    running.send_signal(signum)
    _, errors = running.communicate(timeout=300)
    return running.returncode, errors


def shown_to_everybody() -> bytes:
    """Give the arguments of every process, as `ps` shows them."""
    shown = b""
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            shown += arguments.read_bytes()
    return shown
