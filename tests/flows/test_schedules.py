"""Test what prefect.yaml promises, worked out with Prefect's own schedules."""

import ast
import itertools
import shutil
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module, reload
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule

from config.settings import ROOT
from tasks.processes.project_root import DEPLOYED, at_the_root
from timeline.calendar.schedules import MONTHLY, NOTIFY_EVERY, NOTIFY_FROM, NOTIFY_UNTIL, STATUTORY, WEEKDAYS

LONDON = ZoneInfo("Europe/London")
FILE = (ROOT / "prefect.yaml").read_text()
DEPLOYMENTS: dict[str, dict[str, Any]] = {
    deployment["name"]: deployment for deployment in yaml.safe_load(FILE)["deployments"]
}


async def _london_times(name: str, start: datetime, days: int) -> list[str]:
    """Give every time that a deployment runs from `start` on, such as "Fri 27 Mar 07:30"."""
    (schedule,) = DEPLOYMENTS[name]["schedules"]
    cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    dates = await cron.get_dates(n=2000, start=start, end=start + timedelta(days=days))
    return [date.astimezone(LONDON).strftime("%a %d %b %H:%M") for date in dates]


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # The clocks go forward on Sunday 29 March 2020.
        ("2020-03-27", ["Fri 27 Mar 07:30", "Mon 30 Mar 07:30", "Tue 31 Mar 07:30"]),
        # The clocks go back on Sunday 27 October 2019.
        ("2019-10-25", ["Fri 25 Oct 07:30", "Mon 28 Oct 07:30", "Tue 29 Oct 07:30"]),
        # Christmas falls on Friday; a bank holiday is the flow's to see.
        ("2020-12-24", ["Thu 24 Dec 07:30", "Fri 25 Dec 07:30", "Mon 28 Dec 07:30"]),
    ],
)
async def test_the_action_plan_runs_at_half_past_seven_london_time(start: str, expected: list[str]) -> None:
    assert await _london_times("action-plan", _day(start), 5) == expected


def test_the_file_schedules_what_replay_and_assurance_reckon_with() -> None:
    scheduled = {name: deployment["schedules"] for name, deployment in DEPLOYMENTS.items() if "schedules" in deployment}
    crons = {name: schedule["cron"] for name, (schedule,) in scheduled.items()}
    del crons["replies"]
    minutes = NOTIFY_EVERY // timedelta(minutes=1)
    assert crons == {
        **{name: f"{at.minute} {at.hour} * * 1-5" for name, at in WEEKDAYS.items()},
        **{name: f"{at.minute} {at.hour} 1 * *" for name, at in MONTHLY.items()},
        "notify": f"*/{minutes} {NOTIFY_FROM.hour}-{NOTIFY_UNTIL.hour} * * 1-5",
    }
    assert (NOTIFY_FROM.minute, NOTIFY_UNTIL.minute) == (0, 60 - minutes)


@pytest.mark.parametrize("start", ["2020-03-27", "2019-10-25"])
async def test_statutory_flows_start_two_minutes_apart_on_both_sides_of_a_clock_change(start: str) -> None:
    for place, name in enumerate(STATUTORY):
        times = await _london_times(name, _day(start), 5)
        assert [time[-5:] for time in times] == [f"07:{30 + 2 * place}"] * 3


@pytest.mark.parametrize("start", ["2020-03-27", "2019-10-25"])
async def test_notify_runs_every_ten_minutes_of_working_hours_on_weekdays(start: str) -> None:
    ticks = [f"{hour:02}:{minute:02}" for hour in range(8, 18) for minute in range(0, 60, 10)]
    times = await _london_times("notify", _day(start), 5)
    days = list(dict.fromkeys(time[:10] for time in times))
    assert [day[:3] for day in days] == ["Fri", "Mon", "Tue"]
    assert times == [f"{day} {tick}" for day in days for tick in ticks]


async def test_replies_are_read_every_five_minutes_day_and_night_beside_other_runs() -> None:
    times = await _london_times("replies", _day("2019-11-16"), 1)
    assert {time[:3] for time in times} == {"Sat"}
    assert [time[-5:] for time in times if time[-5:] < "03:00"] == [
        *(f"00:{minute:02}" for minute in range(3, 60, 5)),
        *(f"02:{minute:02}" for minute in range(3, 60, 5)),
    ]
    assert len(times) == 23 * 12
    assert {int(time[-2:]) % 10 for time in times} == {3, 8}


async def test_no_schedule_stands_in_the_hour_that_a_clock_change_skips_or_repeats() -> None:
    for name, deployment in DEPLOYMENTS.items():
        if deployment.get("schedules"):
            times = await _london_times(name, datetime(2020, 3, 23, tzinfo=UTC), 14)
            assert not [time for time in times if time[-5:-3] == "01"]


def test_every_deployment_says_what_it_is_for_and_runs_one_at_a_time() -> None:
    for deployment in DEPLOYMENTS.values():
        assert deployment["description"]
        assert deployment["tags"]
        # A form is never cancelled for another, nor waits for a run of its own kind.
        one_at_a_time = {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        is_form = deployment["name"] in (*FORMS, *MONTHLY)
        assert deployment.get("concurrency_limit") == (None if is_form else one_at_a_time)
        assert deployment["work_pool"]["name"] == "daymark"


def test_every_schedule_is_in_london_and_has_words_above_it() -> None:
    lines = FILE.splitlines()
    for number, line in enumerate(lines):
        if "cron:" in line:
            assert "timezone: Europe/London" in line
            above = itertools.takewhile(lambda line: line.startswith("#"), map(str.strip, reversed(lines[:number])))
            assert list(above)[-1].startswith("# Every ")


FORMS = ("stop-sending", "pause", "record", "move", "absence", "replay-morning", "test-message", "rehearse")


@pytest.mark.parametrize("name", FORMS)
def test_an_administrators_form_is_never_scheduled(name: str) -> None:
    assert "schedules" not in DEPLOYMENTS[name]


def test_no_deployment_is_forgotten() -> None:
    assert set(DEPLOYMENTS) == {
        *STATUTORY,
        "directors-monday",
        "notify",
        "replies",
        "retention",
        "assurance",
        *MONTHLY,
        *FORMS,
    }


def test_every_entrypoint_is_a_flow_that_stands_there() -> None:
    for deployment in DEPLOYMENTS.values():
        module, _, name = deployment["entrypoint"].rpartition(".")
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text()
        async_function_defs = [node for node in ast.parse(source).body if isinstance(node, ast.AsyncFunctionDef)]
        assert name in {node.name for node in async_function_defs if node.decorator_list}


def test_a_run_finds_the_files_where_its_worker_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert at_the_root() == {"directory": str(ROOT)}
    assert Path.cwd() == ROOT


def test_a_run_finds_the_python_of_its_worker_however_that_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test that a worker started by its full path, beside another Python in PATH, crashes no run any more."""
    (ours,) = (entry for entry in entry_points(group="prefect.collections") if entry.name == "daymark")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    reload(import_module(ours.value))
    assert shutil.which("python") == str(Path(sys.executable).with_name("python"))


def test_the_installed_file_is_that_of_the_root() -> None:
    assert (DEPLOYED / "prefect.yaml").samefile(ROOT / "prefect.yaml")


def test_no_path_of_a_machine_stands_in_the_file() -> None:
    assert yaml.safe_load(FILE)["pull"] == [{"tasks.processes.project_root.at_the_root": {}}]
    assert "/home" not in FILE
    assert str(ROOT) not in FILE
