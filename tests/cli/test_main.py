import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli.main import COMMANDS, TOLD, run, sentence
from config.settings import ROOT


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")}
    assert {command for commands in COMMANDS.values() for command in commands} <= listed


@pytest.mark.parametrize("module", COMMANDS)
def test_a_module_holds_the_commands_that_the_table_says(module: str) -> None:
    app = typer.Typer()
    importlib.import_module(module).register(app)
    alone = (command.name for command in app.registered_commands)
    groups = (group.name for group in app.registered_groups)
    assert (*alone, *groups) == COMMANDS[module]


@pytest.mark.parametrize("arguments", [["--help"], ["date", "5 working days after 2019-09-03"]])
def test_nobody_waits_for_prefect_to_read_help_or_a_date(arguments: list[str]) -> None:
    script = "import sys; from cli.main import run; run(sys.argv[1:]); sys.exit('prefect' in sys.modules)"
    subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, check=True, capture_output=True)


def test_a_date_does_not_wait_for_the_database() -> None:
    script = "import sys; from cli.main import run; run(sys.argv[1:]); sys.exit('sqlalchemy' in sys.modules)"
    command = [sys.executable, "-c", script, "date", "2019-09-03"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def test_the_console_script_says_its_version() -> None:
    said = subprocess.run([Path(sys.executable).with_name("daymark"), "--version"], capture_output=True, text=True)
    assert (said.returncode, said.stdout.split()[0]) == (0, "daymark")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nosuch"], "No such command 'nosuch'."),
        (["date"], "Missing argument 'RULE'."),
        (["date", "2019-09-03", "--nope"], "No such option: --nope"),
        (["check", "/nowhere/council.yaml"], "/nowhere/council.yaml"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert expected in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


@pytest.mark.parametrize("name", TOLD)
def test_every_error_that_is_told_as_it_is_still_has_that_name(name: str) -> None:
    module, _, kind = name.rpartition(".")
    found = getattr(importlib.import_module(module), kind)
    assert f"{found.__module__}.{found.__qualname__}" == name


def test_a_file_that_cannot_be_used_is_named() -> None:
    assert sentence(FileNotFoundError(2, "No such file or directory", "plan.yaml")) == (
        "plan.yaml: No such file or directory."
    )


def test_a_fault_of_our_own_is_not_passed_off_as_the_users() -> None:
    assert sentence(ValueError("not ours to tell")) is None
    assert sentence(OSError("no file in it")) is None
