"""Test that the machine's own faults are found: packages, modes of files."""

from pathlib import Path

import pytest

from config.settings import Settings
from tasks.doctor import machine
from timeline.doctor.diagnosis import Diagnosis


def examine(home: Path) -> dict[str, Diagnosis]:
    return {each.part: each for each in machine.examine_machine(Settings.given(home=home))}


def test_a_machine_that_is_well_is_left_as_it_was(tmp_path: Path) -> None:
    diagnoses = examine(tmp_path / "home")
    assert {part for part, each in diagnoses.items() if each.is_well} == {"packages", "disk", "files", "zone"}
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_is_missing_or_of_another_version_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = ["prefect==3.8.8", "no-such-package>=1", "msteams>=2; extra == 'teams'", "fastapi<0.1"]
    monkeypatch.setattr(machine, "requires", lambda _: needs)
    faults = [trouble.fault for trouble in examine(tmp_path)["packages"].troubles]
    assert faults[0] == "The package no-such-package is not installed; expected no-such-package>=1."
    assert faults[1].endswith(" is installed; expected fastapi<0.1.")
    assert len(faults) == 2


def test_a_key_that_others_may_read_is_told_with_its_remedy(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    key = tmp_path / "secret.key"
    key.write_text("x" * 64)
    key.chmod(0o644)
    (trouble,) = examine(tmp_path)["files"].troubles
    assert trouble.remedy == f"Run chmod 600 {key}."
    # Nobody reaches what lies in a folder that nobody may enter.
    tmp_path.chmod(0o700)
    assert examine(tmp_path)["files"].is_well
    tmp_path.chmod(0o755)
    key.chmod(0o600)
    assert examine(tmp_path)["files"].is_well
