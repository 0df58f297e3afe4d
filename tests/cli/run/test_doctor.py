"""Test `daymark doctor` and `daymark migrate`: what they print, their exit codes, and that a look changes nothing."""

from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot


def test_every_part_is_told_in_order_and_what_is_not_well_gives_1(house: World, daymark: Commands) -> None:
    house.home.chmod(0o700)
    before = snapshot(house.store)
    told = {each["part"]: each for each in daymark("doctor", "--json").objects}
    parts = ["packages", "disk", "files", "zone", "database", "key", "clock", "medway", "channels", "pages", "Prefect"]
    assert list(told) == parts
    assert [part for part in parts if not told[part]["well"]] == ["pages", "Prefect"]
    assert told["Prefect"]["remedy"] == "Start daymark up."
    said = daymark("doctor")
    assert said.code == 1
    assert "TROUBLE  Prefect    No Prefect was started here yet. Start daymark up.\n" in said.out
    assert snapshot(house.store) == before


def test_tables_are_brought_up_to_date_once_and_a_check_makes_none(
    tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYMARK_HOME", str(tmp_path / "home"))
    checked = daymark("migrate", "--check")
    assert (checked.code, checked.out.startswith("The tables are at none; this Daymark needs 00")) == (1, True)
    assert list(tmp_path.iterdir()) == []
    assert "The tables were at none, and are at 00" in daymark("migrate").out
    for arguments in (["migrate"], ["migrate", "--check"]):
        again = daymark(*arguments)
        assert (again.code, again.out.startswith("The tables are up to date (00")) == (0, True)
