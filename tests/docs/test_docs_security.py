"""Test that the threat model names tests that exist: a row without a test is a promise that nobody checks."""

import re

import pytest

from config.settings import ROOT
from tests.support.pages import table

THREATS = table("docs/security.md", "Threats")


@pytest.mark.parametrize("row", THREATS, ids=[row["threat"][:60] for row in THREATS])
def test_each_threat_is_shown_by_tests_that_are_there(row: dict[str, str]) -> None:
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", f"`{row['shown by'].strip('`')}`")
    assert named
    for file, test in named:
        text = (ROOT / "tests" / file).read_text()
        assert f"def {test}(" in text if test else "def test_" in text, f"{file}::{test}"
