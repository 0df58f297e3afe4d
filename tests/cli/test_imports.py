"""Ask which modules a command imports: starting one costs what it imports."""

import subprocess
import sys

import pytest

from config.settings import ROOT

# Each of these takes from a fifth of a second to two seconds.
HEAVY = ("alembic", "apprise", "fastapi", "httpx", "matplotlib", "numpy", "prefect")
STORE = ("pydantic_settings", "sqlalchemy", "yaml")
_SCRIPT = """
import sys
from cli.main import run
code = run(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


def imported(*arguments: str) -> set[str]:
    """Run a command in a process of its own and give the modules that it holds at its end."""
    ran = subprocess.run([sys.executable, "-c", _SCRIPT, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_no_command(option: str) -> None:
    modules = imported(option)
    assert not modules & {*HEAVY, *STORE}
    assert {name for name in modules if name.partition(".")[0] in ("cli", "tasks", "models", "timeline")} == {
        "cli",
        "cli.commands",
        "cli.main",
    }


def test_a_date_waits_for_no_database() -> None:
    assert not imported("date", "5 working days after 2019-09-03") & {*HEAVY, *STORE}
