import gc
import importlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli.commands import COMMANDS, load_command
from cli.main import TOLD, main, run, sentence
from config.settings import Settings, using
from tasks.catcher.catcher import Catcher
from tasks.channels.mail import send
from tasks.processes.child import Child
from tests.tasks.smtp_servers import A_MAIL


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
    assert (*alone, *groups) == tuple(COMMANDS[module])


@pytest.mark.parametrize("name", [name for commands in COMMANDS.values() for name in commands])
def test_the_list_says_of_a_command_what_its_own_help_says(name: str) -> None:
    (listed,) = (commands[name] for commands in COMMANDS.values() if name in commands)
    assert listed == load_command(name).get_short_help_str(limit=1000), f"correct “{name}” in cli/commands.py"


def test_what_the_console_script_makes_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    threshold, before = gc.get_threshold(), os.umask(0o022)
    monkeypatch.setattr(sys, "argv", ["daymark", "apply", "config/timelines/demo.yaml"])
    try:
        with using(Settings.given(home=home)), pytest.raises(SystemExit) as ended:
            main()
        with Catcher(home / "caught-mail", "127.0.0.1", 0) as catcher:
            send(f"daymarkmail://127.0.0.1:{catcher.port}/?starttls=no", A_MAIL)
        with Child([sys.executable, "-c", ""], log=home / "logs/part.log", env={}, cwd=tmp_path) as child:
            child.wait()
    finally:
        os.umask(before)
        gc.set_threshold(*threshold)
    assert not ended.value.code
    made = {path.relative_to(home): stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*")}
    assert {"daymark.db", "caught-mail/new/00000001", "logs/part.log"} <= set(map(str, made))
    assert {mode & 0o077 for mode in made.values()} == {0}


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
    given = getattr(importlib.import_module(module), kind)
    assert f"{given.__module__}.{given.__qualname__}" == name


def test_a_file_that_cannot_be_used_is_named() -> None:
    assert sentence(FileNotFoundError(2, "No such file or directory", "plan.yaml")) == (
        "plan.yaml: No such file or directory."
    )


def test_a_fault_of_our_own_is_not_passed_off_as_the_users() -> None:
    assert sentence(ValueError("not ours to tell")) is None
    assert sentence(OSError("no file in it")) is None
