"""Test the wheel: it holds all of the rooms and nothing else, and its command works from any folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from config.secret_files import secrets_in
from config.settings import ROOT

ROOMS = ("cli", "config", "flows", "models", "tasks", "timeline", "web")
UV = Path(sys.executable).with_name("uv")


def is_ours(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def held() -> set[str]:
    """Give what the rooms hold here."""
    return {file.relative_to(ROOT).as_posix() for room in ROOMS for file in (ROOT / room).rglob("*") if is_ours(file)}


def command(*words: str, cwd: Path, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel, built from a copy of the sources, beside which nothing is left."""
    folder = tmp_path_factory.mktemp("wheel")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / "source" / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE", "prefect.yaml"):
        shutil.copy(ROOT / file, folder / "source")
    built = command(str(UV), "build", "--wheel", "-q", "-o", "..", ".", cwd=folder / "source", env=dict(os.environ))
    assert built.returncode == 0, built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.slow("setuptools copies eight hundred files")
def test_it_holds_all_of_the_rooms_and_its_command_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        assert {name for name in packed.namelist() if ".dist-info/" not in name} == held()
        packed.extractall(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = {"PYTHONPATH": str(tmp_path / "site"), "DAYMARK_HOME": str(tmp_path / "var"), "PATH": os.defpath}
    where = command(sys.executable, "-c", "import config.settings as s; print(s.ROOT)", cwd=elsewhere, env=env)
    assert where.stdout.strip() == str(tmp_path / "site"), where.stderr
    demo = tmp_path / "site/config/timelines/demo.yaml"
    assert command(sys.executable, "-m", "cli.main", "check", str(demo), cwd=elsewhere, env=env).returncode in (0, 1)
    migrated = command(sys.executable, "-m", "cli.main", "migrate", cwd=elsewhere, env=env)
    assert migrated.stdout.startswith("The tables were at none"), migrated.stderr


SHOW = [sys.executable, "-c", "import os; print(os.environ['DAYMARK_SECRET_KEY'], 'OTHER' in os.environ)"]
WITH_SECRETS = [sys.executable, "-m", "config.secret_files"]


@pytest.mark.parametrize("variable", ["CREDENTIALS_DIRECTORY", "DAYMARK_SECRETS"])
def test_a_command_gets_the_secrets_of_a_folder_and_nothing_else_that_lies_there(tmp_path: Path, variable: str) -> None:
    (tmp_path / "DAYMARK_SECRET_KEY").write_text("a-secret\n")
    (tmp_path / "OTHER").write_text("none of ours")
    shown = command(*WITH_SECRETS, *SHOW, cwd=ROOT, env={variable: str(tmp_path)})
    assert (shown.stdout, shown.returncode) == ("a-secret False\n", 0)
    assert dict(secrets_in(tmp_path)) == {"DAYMARK_SECRET_KEY": "a-secret"}


def test_what_cannot_be_started_or_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    nothing = command(*WITH_SECRETS, cwd=ROOT, env={})
    assert (nothing.returncode, nothing.stderr.startswith("expected a command, such as")) == (2, True)
    missing = command(*WITH_SECRETS, "true", cwd=ROOT, env={"DAYMARK_SECRETS": str(tmp_path / "none")})
    assert (missing.returncode, missing.stderr) == (2, f"{tmp_path / 'none'}: No such file or directory.\n")
    unknown = command(*WITH_SECRETS, "no-such-program", cwd=ROOT, env={"DAYMARK_SECRETS": str(tmp_path)})
    assert (unknown.returncode, unknown.stderr) == (2, "no-such-program: there is no such command.\n")
