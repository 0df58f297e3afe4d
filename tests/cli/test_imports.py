"""Ask which modules a command imports: starting one costs what it imports."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT

# Each of these takes from a tenth of a second to two seconds, and no command that looks needs it.
HEAVY = frozenset(
    {
        "aiosmtpd",
        "alembic",
        "apprise",
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
_SCRIPT = """
import sys
from cli.main import run
code = run(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


def imported(*arguments: str, home: Path | None = None) -> set[str]:
    """Run a command in a process of its own and give the modules that it holds at its end."""
    environment = {**os.environ, **({"DAYMARK_HOME": str(home)} if home else {})}
    command = [sys.executable, "-c", _SCRIPT, *arguments]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode in (0, 1), ran.stderr
    return set(ran.stderr.splitlines()[-1].split())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Apply the demo into a home of its own, on this day: what a command reads decides what it imports."""
    home = tmp_path_factory.mktemp("home")
    imported("apply", "config/timelines/demo.yaml", home=home)
    return home


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_no_command(option: str) -> None:
    modules = imported(option)
    assert not modules & (HEAVY | STORE)
    ours = {
        name for name in modules if name.partition(".")[0] in ("cli", "config", "flows", "models", "tasks", "timeline")
    }
    assert ours == {"cli", "cli.commands", "cli.main"}


def test_a_date_waits_for_no_database() -> None:
    assert not imported("date", "5 working days after 2019-09-03") & (HEAVY | STORE)


@pytest.mark.parametrize("command", ["list", "show", "why", "monday", "people list", "audit verify", "assurance"])
def test_a_command_that_looks_imports_nothing_that_sends_runs_or_draws(command: str, home: Path) -> None:
    which = ["plo-panel/1/papers"] if command in ("show", "why") else []
    modules = imported(*command.split(), *which, home=home)
    assert "sqlalchemy" in modules
    assert not modules & HEAVY
