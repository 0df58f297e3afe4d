"""Hold the page about Prefect to the code: the server's settings, the forms, the automations and the events."""

from typing import Any
from uuid import uuid4

import yaml

from config.settings import ROOT
from flows.server.alarms import automations
from flows.server.silence import NAME
from tasks.processes.prefect_server import _SETTINGS
from tests.support.pages import table, text
from timeline.window.alarms import Alarm
from timeline.window.events import NAMES

PAGE = "docs/prefect.md"


def test_every_setting_of_the_server_stands_there_with_its_value() -> None:
    listed = {row["variable"].strip("`"): row["value"].strip("`") for row in table(PAGE, "A Prefect of your own")}
    assert listed == {name: value for name, value in _SETTINGS.items() if value}


def test_the_pool_and_the_queues_that_plain_prefect_needs_are_made_before_deploying() -> None:
    """Test that whoever follows the page has all that `prefect deploy --all` and the worker ask for."""
    commands = text(PAGE).partition("```\n")[2].partition("```")[0].splitlines()
    for entry in _deployments():
        pool, queue = entry["work_pool"]["name"], entry["work_pool"]["work_queue_name"]
        assert f"prefect work-pool create {pool} --type process" in commands
        assert queue == "default" or any(f"work-queue create {queue} --pool {pool}" in line for line in commands)
    made = [line.split()[1:3] for line in commands if line.startswith("prefect ")]
    assert made[-2:] == [["deploy", "--all"], ["worker", "start"]]


def _deployments() -> list[dict[str, Any]]:
    deployments: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    return deployments


def test_every_form_is_described() -> None:
    # A form has no limit: sent beside another it is never cancelled. The reports run by a schedule, too.
    forms = {entry["name"] for entry in _deployments() if "concurrency_limit" not in entry}
    assert {row["form"].strip("`") for row in table(PAGE, "Forms")} == forms


def test_every_automation_and_every_event_is_named() -> None:
    stated = automations({"assurance": uuid4(), "notify": uuid4()}, {alarm: uuid4() for alarm in Alarm})
    listed = {row["automation"].strip("`") for row in table(PAGE, "Automations")}
    # The crash of the assurance stands in the line of the runs that fail.
    assert listed == {each.name for each in stated} - {"daymark: the assurance crashed"} | {NAME}
    assert [name for name in NAMES if f"`{name}`" not in text(PAGE)] == []
