"""Test the parts of `daymark up` each by itself: what they serve, what they refuse, and how they end."""

import os
import signal
import smtplib
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.run.keeping import Keeper
from cli.run.parts import Worker
from config.settings import Settings, using
from tests.cli.house import Commands
from tests.cli.run.place import DAYMARK, INSTALLED, Place
from tests.support import rotation
from tests.support.ports import free_port
from tests.support.soon import soon

ELSEWHERE = "https://daymark:p%40ss@prefect.council.example"


def ours(home: Path, **more: Any) -> Settings:
    return Settings.given(home=home, port=free_port(), smtp_port=free_port(), **more)


def children(of: int) -> list[int]:
    """Give the processes that serve, without the one that Python keeps beside them."""
    every = Path(f"/proc/{of}/task/{of}/children").read_text().split()
    return [int(child) for child in every if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def is_well(health: str) -> bool:
    with suppress(httpx.TransportError):
        return bool(httpx.get(health, trust_env=False, timeout=20).json() == {"status": "ok"})
    return False


@rotation.in_turn("served", INSTALLED, "starts the pages in two processes of their own")
def test_pages_are_served_by_several_processes_and_one_that_is_killed_is_replaced(tmp_path: Path) -> None:
    place = Place.at(tmp_path / "var")
    command = [str(DAYMARK), "web", "--workers", "2"]
    with subprocess.Popen(command, env=place.environment, cwd=tmp_path) as web:
        health = f"http://127.0.0.1:{place.ports['DAYMARK_PORT']}/health"
        assert soon(lambda: is_well(health))
        assert soon(lambda: len(children(web.pid)) == 2)
        killed = children(web.pid)[0]
        os.kill(killed, signal.SIGKILL)
        assert soon(lambda: len(children(web.pid)) == 2 and killed not in children(web.pid))
        assert is_well(health)
        web.terminate()
        assert web.wait(120) == 0


@pytest.fixture
def while_it_runs(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Do something while a part runs, and stop it then as Ctrl-C does."""

    def stop_after(act: Callable[[], object]) -> None:
        def pause() -> None:
            act()
            raise KeyboardInterrupt

        monkeypatch.setattr(signal, "pause", pause)

    return stop_after


@pytest.mark.parametrize("part", ["lmtp", "catcher"])
def test_mail_is_taken_until_it_is_stopped(
    tmp_path: Path, daymark: Commands, while_it_runs: Callable[[Callable[[], object]], None], part: str
) -> None:
    given = ours(tmp_path, lmtp_port=free_port())
    port = given.lmtp_port if part == "lmtp" else given.smtp_port
    heard = []
    while_it_runs(lambda: heard.append(smtplib.SMTP("127.0.0.1", port).noop()[0]))
    with using(given):
        said = daymark(part)
    assert (said.code, heard, said.err.splitlines()[-1]) == (0, [250], "Stopped.")
    assert f"port {port}." in said.err


@pytest.mark.parametrize(
    ("part", "more", "fault"),
    [
        ("lmtp", {}, "DAYMARK_LMTP_PORT is 0: expected"),
        ("catcher", {"mail_url": "daymarkmail://mail.council.example"}, "DAYMARK_MAIL_URL names a mail server"),
        ("up", {"prefect_url": ELSEWHERE}, "DAYMARK_PREFECT_URL names a Prefect that others run"),
    ],
)
def test_what_a_part_cannot_do_is_said_in_a_sentence(
    tmp_path: Path, daymark: Commands, part: str, more: dict[str, Any], fault: str
) -> None:
    with using(ours(tmp_path, **more)):
        refused = daymark(part)
    assert (refused.code, refused.err.startswith(fault)) == (2, True)


def test_a_prefect_that_is_not_there_is_told_and_nothing_is_deployed(
    tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.run.alone._PATIENCE_SECONDS", 0.1)
    with using(ours(tmp_path, prefect_url=f"http://127.0.0.1:{free_port()}")):
        refused = daymark("deploy")
    assert (refused.code, refused.err.startswith("No Prefect answers at http://127.0.0.1:")) == (1, True)


def test_a_worker_speaks_to_the_prefect_of_the_settings_and_takes_care_of_its_runs(
    tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Worker] = []
    cleared: list[dict[str, Any]] = []
    kept: list[Keeper] = []

    def stopped(keeper: Keeper) -> None:
        kept.append(keeper)
        raise KeyboardInterrupt

    def start(part: Worker) -> None:
        part._before()
        started.append(part)

    monkeypatch.setattr(Worker, "start", start)
    monkeypatch.setattr("cli.run.alone.before_a_worker", lambda _, **how: cleared.append(how))
    monkeypatch.setattr(Keeper, "go_on", stopped)
    monkeypatch.setenv("PREFECT_API_URL", "https://cloud.example/api")
    with using(ours(tmp_path, prefect_url=ELSEWHERE)):
        said = daymark("worker", "--name", "second", "--limit", 5)
    assert (said.code, said.err.splitlines()[-1]) == (0, "Stopped.")
    (part,), (keeper,) = started, kept
    assert part._command[part._command.index("--name") + 1] == "second"
    assert part._command[-2:] == ["--limit", "5"]
    assert part._env["PREFECT_API_URL"] == "https://prefect.council.example/api"
    assert part._env["PREFECT_API_AUTH_STRING"] == "daymark:p@ss"
    assert part._env["DAYMARK_HOME"] == str(tmp_path)
    # The runs of other workers are left alone, and given up only when they hang.
    assert cleared == [{"worker": "second"}]
    assert list(keeper.parts) == started


def test_a_worker_that_cannot_ask_prefect_ends_with_a_sentence_for_its_supervisor(
    tmp_path: Path, daymark: Commands
) -> None:
    with using(ours(tmp_path, prefect_url=f"http://127.0.0.1:{free_port()}")):
        refused = daymark("worker")
    assert (refused.code, refused.err.startswith("Prefect could not be asked which runs are left over")) == (1, True)


def test_the_login_of_a_prefect_elsewhere_stands_in_no_address_that_is_shown(tmp_path: Path) -> None:
    given = ours(tmp_path, prefect_url=ELSEWHERE)
    assert given.prefect_api_url == "https://prefect.council.example/api"
    assert given.prefect_login() == "daymark:p@ss"
    assert "p%40ss" not in repr(given)
