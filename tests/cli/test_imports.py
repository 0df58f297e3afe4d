"""Ask which modules a command imports: starting one costs what it imports."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import run
from config.settings import ROOT, Settings, using

# Each of these takes from a tenth of a second to two seconds, and no command that looks needs it.
HEAVY = frozenset(
    {
        "aiosmtpd",
        "alembic",
        "apprise",
        "email_reply_parser",
        "fastapi",
        "httpx",
        "icalendar",
        "imap_tools",
        "matplotlib",
        "msal",
        "numpy",
        "prefect",
        "requests",
    }
)
STORE = frozenset({"pydantic_settings", "sqlalchemy", "sqlmodel", "yaml"})
# The programme is read with the timeline: owners of its actions have tasks.
NOT_TO_LIST = ("models.store.privacy", "models.store.changes", "models.store.assurance")
_SCRIPT = """
import shlex, sys
from cli.main import run
for command in sys.argv[1:]:
    code = run(shlex.split(command))
    print(code, *sys.modules, file=sys.stderr)
"""


def imported(*commands: str, home: Path | None = None) -> dict[str, set[str]]:
    """Run commands one after another in one new process; give the modules that it holds at the end of each."""
    environment = {**os.environ, **({"DAYMARK_HOME": str(home)} if home else {})}
    script = [sys.executable, "-c", _SCRIPT, *commands]
    ran = subprocess.run(script, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    ends = [line.split() for line in ran.stderr.splitlines() if line.startswith(("0 sys ", "1 sys "))]
    assert len(ends) == len(commands), ran.stderr
    return {command: set(end[1:]) for command, end in zip(commands, ends, strict=True)}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_no_command(option: str) -> None:
    modules = imported(option)[option]
    assert not modules & (HEAVY | STORE)
    rooms = ("cli", "config", "flows", "models", "tasks", "timeline")
    assert {name for name in modules if name.startswith(rooms)} == {"cli", "cli.commands", "cli.main"}


def test_a_date_waits_for_no_database() -> None:
    command = "date '5 working days after 2019-09-03'"
    assert not imported(command)[command] & (HEAVY | STORE)


@pytest.mark.slow("starts Python, and runs seven commands there")
def test_a_command_that_looks_imports_nothing_that_sends_runs_or_draws(tmp_path: Path) -> None:
    # What a command reads decides what it imports, so there is something to read.
    with using(Settings.given(home=tmp_path)):
        assert run(["apply", str(ROOT / "config/timelines/demo.yaml")]) == 0
    task = "plo-panel/1/papers"
    looking = ("list", f"show {task}", f"why {task}", "monday", "people list", "audit verify", "assurance")
    for command, modules in imported(*looking, home=tmp_path).items():
        assert "sqlalchemy" in modules
        assert not modules & HEAVY, f"daymark {command}"
        if command == "list":
            assert not [name for name in modules if name.startswith(NOT_TO_LIST)]


@pytest.mark.slow("starts Python twice, and Prefect takes a second to import")
@pytest.mark.parametrize("flow", ["action_plan", "notify"])
def test_a_run_imports_nothing_that_sends_before_something_is_to_be_sent(flow: str) -> None:
    # A worker starts a process for each run, and most of the sixty runs of a day have nothing to send.
    script = [sys.executable, "-c", f"import sys, flows.{flow}; print(*sys.modules)"]
    modules = set(subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
    sends = {"tasks.sending.outbox", "tasks.assurance.assure", "tasks.retention", "timeline.replies.reader"}
    assert not modules & (sends | HEAVY - {"httpx", "icalendar", "prefect"})
