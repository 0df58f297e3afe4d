import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from config.settings import ROOT
from tasks.processes import prefect_server
from tasks.processes.child import Child
from tasks.processes.prefect_server import PrefectServer, ServerNotReady
from tests.support.prefect_login import AUTH, to_prefect
from tests.support.soon import soon

pytestmark = pytest.mark.slow("starts a Prefect server of its own")

LOGIN = "us:secret"


def _with_argument(text: str) -> set[int]:
    """Give the processes whose command line holds `text`, other than this one."""
    given = set()
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = line.read_bytes()
        except OSError:
            continue
        if text.encode() in arguments and line.parent.name != str(os.getpid()):
            given.add(int(line.parent.name))
    return given


def test_a_server_is_healthy_and_set_as_it_was_measured(prefect_api: str) -> None:
    assert to_prefect.get(f"{prefect_api}/health").json() is True
    settings = to_prefect.get(f"{prefect_api}/admin/settings", auth=AUTH).json()["server"]
    assert settings["analytics_enabled"] is False
    assert settings["services"]["scheduler"]["min_runs"] == 20
    assert settings["concurrency"]["lease_storage"].endswith("filesystem")
    address = prefect_api.removesuffix("/api")
    pages = to_prefect.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
    assert "connect-src 'self'" in pages.headers["Content-Security-Policy"]


def test_a_stranger_a_foreign_name_and_another_origin_are_refused(prefect_api: str) -> None:
    runs = f"{prefect_api}/flow_runs/count"
    assert to_prefect.post(runs, json={}).status_code == 401
    assert to_prefect.post(runs, json={}, auth=("daymark", "guessed")).status_code == 401
    assert to_prefect.post(runs, json={}, auth=AUTH).is_success
    # A name of a stranger that points to this machine (DNS rebinding), with the login and without.
    rebound = {"Host": f"evil.example:{httpx.URL(prefect_api).port}"}
    assert to_prefect.post(runs, json={}, auth=AUTH, headers=rebound).status_code == 400
    assert to_prefect.get(f"{prefect_api}/health", headers=rebound).status_code == 400
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    preflight = to_prefect.options(runs, headers=asked)
    assert "access-control-allow-origin" not in preflight.headers


def test_another_prefects_settings_do_not_reach_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "https://another.example/api")
    monkeypatch.setenv("PREFECT_API_KEY", "of-another")
    server = PrefectServer(tmp_path / "prefect", login=LOGIN, log=tmp_path / "log")
    assert server.client_environment["PREFECT_API_URL"] == server.api_url
    assert server.client_environment["PREFECT_API_AUTH_STRING"] == LOGIN
    assert "PREFECT_API_KEY" not in server.client_environment


def test_the_pages_lie_in_its_home_where_its_package_belongs_to_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prefect_server._pages(tmp_path) == {}
    monkeypatch.setattr("os.access", lambda *_: False)
    assert prefect_server._pages(tmp_path) == {"PREFECT_SERVER_UI_STATIC_DIRECTORY": f"{tmp_path}/pages"}


def test_a_port_that_another_server_answers_on_is_not_mistaken_for_ours(tmp_path: Path, prefect_api: str) -> None:
    taken = httpx.URL(prefect_api).port
    with pytest.raises(ServerNotReady, match=f"cannot listen on port {taken} "):
        PrefectServer(tmp_path / "prefect", login=LOGIN, port=taken, log=tmp_path / "log").start()


def test_a_server_that_ends_while_it_starts_says_why_and_where_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [sys.executable, "-c", "print('The port is haunted.'); raise SystemExit(3)"]
    monkeypatch.setattr("tasks.processes.prefect_server._command", lambda host, port: ends)
    with pytest.raises(ServerNotReady) as refused:
        PrefectServer(tmp_path, login=LOGIN, log=tmp_path / "log").__enter__()
    assert str(refused.value) == f"The Prefect server ended: The port is haunted. ({tmp_path / 'log'})"


@pytest.mark.long("the build asks the same of a program that ends; that Prefect ends without its database is Prefect's")
def test_a_server_that_cannot_start_says_so_and_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "prefect.db").write_text("not a database, and longer than the header of one" * 9)
    with pytest.raises(ServerNotReady) as refused:
        PrefectServer(tmp_path, login=LOGIN, log=tmp_path / "log").__enter__()
    assert str(refused.value).startswith("The Prefect server ended: ")
    assert str(tmp_path / "log") in str(refused.value)


def _sleeper(tmp_path: Path, script: str, grace: float = 10) -> Child:
    return Child([sys.executable, "-c", script], log=tmp_path / "log", env={}, cwd=tmp_path, grace=grace)


def test_a_child_logs_and_tells_its_exit_status(tmp_path: Path) -> None:
    with _sleeper(tmp_path, "print('what went wrong'); raise SystemExit(3)") as child:
        assert child.wait() == 3
        assert not child.running
    assert child.last_line() == "what went wrong"


def test_a_child_that_will_not_end_is_killed_with_all_it_started(tmp_path: Path) -> None:
    mark = f"mark-{os.getpid()}-{tmp_path.name}"
    stubborn = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)', '{mark}']);"
        "print('ready', flush=True); time.sleep(99)"
    )
    child = _sleeper(tmp_path, stubborn, grace=0.2)
    child.start()
    assert soon(lambda: child.last_line() == "ready")
    assert _with_argument(mark)
    child.stop()
    assert soon(lambda: not _with_argument(mark))


def test_a_child_dies_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    mark = f"mark-{os.getpid()}-{tmp_path.name}"
    parent = (
        "import pathlib, sys, time; from tasks.processes.child import Child; here = pathlib.Path(sys.argv[1]);"
        "Child([sys.executable, '-c', 'import time; time.sleep(99)', sys.argv[2]], log=here / 'log', env={},"
        "cwd=here).start(); print('started', flush=True); time.sleep(99)"
    )
    command = [sys.executable, "-c", parent, str(tmp_path), mark]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"started\n"
        assert soon(lambda: len(_with_argument(mark)) == 3)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert soon(lambda: not _with_argument(mark))
