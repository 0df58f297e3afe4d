"""`daymark up` as people meet it: a real command, real ports, real signals."""

import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import pytest
import yaml

from cli.run.signals import stopped_by_signals
from cli.run.up import _run
from config.settings import ROOT, Settings, using
from tasks.processes.prefect_server import ServerNotReady
from tests.cli.house import Commands
from tests.cli.run.place import INSTALLED, Administrator, Place, addresses, end, shown_to_everybody
from tests.cli.run.window import walk
from tests.support import rotation, templates
from tests.support.soon import soon

FIRST_RUNS_WITHIN_SECONDS = 300
ENDS_WITHIN_SECONDS = 60  # on a busy machine; it was 81 once
# To read the usual ones takes a twentieth of a second each time.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
STARTS_EVERYTHING = "starts Prefect, a worker and the pages, and ends them in every way"
starts_everything = pytest.mark.slow(STARTS_EVERYTHING)


class House:
    """Hold one place in which the tests start `daymark up`, and go on with what the test before them left running."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.running: subprocess.Popen[str] | None = None
        self.addresses: list[str] = []

    def up(self) -> "subprocess.Popen[str]":
        """Give it started, unless it runs, and ready."""
        if self.running is None or self.running.poll() is not None:
            self.running = self.place.up()
            self.addresses = addresses(self.running)
            # The addresses come before the first reminders, and the worker after them.
            assert soon(lambda: bool(self.place.processes("worker")), FIRST_RUNS_WITHIN_SECONDS)
        return self.running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(Place.at(tmp_path_factory.mktemp("up") / "var"))
    if not rotation.LONG:
        # Ten seconds of Prefect's own migrations; at night the home is empty, as at anybody's first start.
        templates.migrated_prefect(house.place.home / "prefect")
    yield house
    house.place.kill()


# By the words of its command line: the part, its name and its log.
PARTS = {
    "worker": ("The worker", "worker.log"),
    "guarded_prefect": ("The Prefect server", "prefect-server.log"),
}


@rotation.in_turn("killed", INSTALLED, STARTS_EVERYTHING)
def test_nothing_outlives_one_that_was_killed_it_starts_again_and_so_does_each_part(house: House) -> None:
    place, first = house.place, house.up()
    assert (place.home / "prefect/prefect.db").exists()
    for part in PARTS:
        killed = place.kill(part)
        assert soon(lambda: _answers(f"{house.addresses[1]}/health"))
        assert soon(partial(_is_new, place, part, killed))
    # An administrator too may start only our flows, and no program of their own.
    program = {"command": f"touch {place.home / 'taken'}", "working_dir": str(place.home.parent)}
    outcome = place.administrator().outcome_of_a_run(job_variables=program)
    assert outcome == "COMPLETED", (place.home / "logs/worker.log").read_text()
    assert not (place.home / "taken").exists()
    _, errors = end(first, signal.SIGKILL)
    for name, log in PARTS.values():
        ended = f"{name} ended unexpectedly; see {place.home}/logs/{log}. It is started again in 1 s."
        assert ended in errors.splitlines()
        assert ended in (place.home / "logs/restarts.log").read_text()
    # At once, as a supervisor would.
    assert house.up() is not first


def _is_new(place: Place, part: str, before: set[int]) -> bool:
    return place.processes(part) - before != set()


def _answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(address, timeout=10, verify=NO_AUTHORITIES).is_success
    return False


@pytest.mark.requires("chromium")
@starts_everything
def test_everything_runs_and_stops_cleanly(house: House, daymark: Commands, chromium: Path) -> None:
    place, running = house.place, house.up()
    prefect, pages, mail, login = house.addresses

    assert soon(lambda: _answers(f"{prefect}/api/health"))
    assert soon(lambda: _answers(f"{pages}/health"))
    assert mail == f"{pages}/mail"
    with socket.create_connection(("127.0.0.1", place.ports["DAYMARK_SMTP_PORT"])) as catcher:
        assert catcher.recv(4) == b"220 "

    # The address of the login, never the login itself: what is no terminal is a log.
    assert (login, Path(login).stat().st_mode & 0o777) == (str(place.home / "prefect.login"), 0o600)
    password = place.login.partition(":")[2]
    assert password.encode() not in shown_to_everybody()

    administrator = place.administrator()
    _every_deployment_has_its_runs(administrator)
    _a_form_offers_the_duties_of_today(administrator)
    _what_goes_wrong_in_prefect_is_told(administrator, place)
    # Three runs of flows, each a program of its own.
    if "walk" in rotation.part(("walk", "no walk"), one_in=2):
        walk(chromium, prefect, place)
    for log in (place.home / "logs").iterdir():
        assert password not in log.read_text(errors="replace"), log

    with using(_settings(place)):
        second = daymark("up")
    assert second.code == 2
    assert second.err.startswith(f"Daymark is already running in {place.home} (process {running.pid})")

    status, errors = end(running, signal.SIGINT)
    assert (status, errors.splitlines()[-1]) == (0, "Stopped.")
    assert "The first reminders go out now: every flow runs once, and then at its hours …" in errors.splitlines()
    # The first start says how many mails there are to see.
    (caught,) = re.findall(r"^Mails caught so far: (\d+)\.$", errors, re.MULTILINE)
    assert int(caught) > 0
    assert place.processes() == set()


def _every_deployment_has_its_runs(administrator: Administrator) -> None:
    deployed = administrator.post("/deployments/filter", {})
    wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert {deployment["name"] for deployment in deployed} == {entry["name"] for entry in wanted}
    for deployment in deployed:
        body = {
            "deployments": {"id": {"any_": [deployment["id"]]}},
            "flow_runs": {"state": {"name": {"any_": ["Scheduled"]}}},
        }
        waiting = administrator.post("/flow_runs/count", body)
        assert (waiting > 0) == bool(deployment["schedules"]), deployment["name"]
    (replies,) = [deployment for deployment in deployed if deployment["name"] == "replies"]
    assert replies["schedules"] == [], "No mailbox is read here."


def _a_form_offers_the_duties_of_today(administrator: Administrator) -> None:
    form = administrator.get("/deployments/name/pause/pause")["parameter_openapi_schema"]
    fields = form["definitions"]["LeftAlone"]["properties"]
    assert any(choice.endswith(" (plo-panel)") for choice in fields["what"]["enum"])
    assert any(choice.endswith(" (director)") for choice in fields["who"]["enum"])


def _what_goes_wrong_in_prefect_is_told(administrator: Administrator, place: Place) -> None:
    """Let a run that fails and a deployment that is paused reach the programme lead through Prefect's automations."""
    notify = administrator.get("/deployments/name/notify/notify")["id"]
    later = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2098-01-01T00:00:00Z"}}
    run = administrator.post(f"/deployments/{notify}/create_flow_run", {"state": later})["id"]
    administrator.post(f"/flow_runs/{run}/set_state", {"state": {"type": "FAILED", "name": "Failed"}, "force": True})
    form = administrator.get("/deployments/name/rehearse/rehearse")["id"]
    # As the switch of the newer pages does; the older address of a pause tells nobody, and the next look finds it.
    administrator.patch(f"/deployments/{form}", {"paused": True})
    with sqlite3.connect(f"file:{place.home / 'daymark.db'}?mode=ro", uri=True) as memory:
        for told in ("alarm-failed-notify", "alarm-switched-rehearse"):
            assert soon(partial(_is_composed, memory, told)), told


def _is_composed(memory: sqlite3.Connection, message: str) -> bool:
    known = "SELECT count(*) FROM audit_event WHERE what = 'message composed' AND ref LIKE ?"
    return bool(memory.execute(known, (f"{message}/%",)).fetchone()[0])


@starts_everything
def test_a_service_that_is_told_to_stop_while_it_starts_leaves_nothing(house: House) -> None:
    place, running = house.place, house.place.up()
    soon(lambda: len(place.processes()) > 2 or running.poll() is not None)
    told = time.monotonic()
    status, errors = end(running, signal.SIGTERM)
    assert time.monotonic() - told < ENDS_WITHIN_SECONDS
    assert (status, errors.splitlines()[-1]) == (0, "Stopped.")
    assert place.processes() == set()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_by_which_a_service_is_stopped_ends_it_in_the_same_way(
    signum: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.run.signals._end_at_last", lambda: None)
    before = signal.getsignal(signum)
    with pytest.raises(KeyboardInterrupt), stopped_by_signals():
        signal.raise_signal(signum)
    assert signal.getsignal(signum) == before


def _settings(place: Place, **more: str) -> Settings:
    named = {name.removeprefix("DAYMARK_").lower(): port for name, port in place.ports.items()}
    return Settings.given(home=place.home, **named, **more)


def test_an_address_that_is_not_this_machines_is_told(tmp_path: Path, daymark: Commands) -> None:
    with using(_settings(Place.at(tmp_path / "var"), bind="192.0.2.1")):
        refused = daymark("up")
    assert (refused.code, refused.err) == (2, "DAYMARK_BIND is '192.0.2.1': expected an address of this machine.\n")


def test_settings_of_another_prefect_are_named_and_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "https://cloud.example/api")
    monkeypatch.setenv("PREFECT_PROFILE", "cloud")

    def not_now(_: Settings) -> None:
        raise ServerNotReady("Not now.")

    monkeypatch.setattr("cli.run.up.prefect_server", not_now)
    with pytest.raises(ServerNotReady):
        _run(_settings(Place.at(tmp_path / "var")))
    named = ", ".join(sorted(name for name in os.environ if name.startswith("PREFECT_")))
    told = f"Not used: {named}. Daymark starts a Prefect of its own (see docs/prefect.md)."
    assert told in " ".join(capsys.readouterr().err.split())


def test_each_taken_port_is_told_with_the_setting_that_changes_it(tmp_path: Path, daymark: Commands) -> None:
    place = Place.at(tmp_path / "var")
    others = [socket.create_server(("127.0.0.1", port)) for port in place.ports.values()]
    with using(_settings(place)):
        refused = daymark("up")
    for other in others:
        other.close()
    assert refused.code == 2
    assert sorted(refused.faults) == sorted(
        f"Port {port} cannot be had (Address already in use): stop what uses it, or set {name} to a free port."
        for name, port in place.ports.items()
    )
    assert [path.name for path in place.home.iterdir()] == ["up.lock"]
