"""Test docs/histories.md says what Daymark says of three real councils, and leaves out nothing of their record."""

import re

import pytest

from config.settings import ROOT
from tests.config.histories import HISTORIES, history
from tests.docs import histories_page


@pytest.mark.slow("rehearses the first months of three councils")
def test_it_is_what_the_plan_and_the_rehearsal_give() -> None:
    assert histories_page.PAGE.read_text() == histories_page.page(), "docs/histories.md has changed: run make docs."


@pytest.mark.parametrize("name", HISTORIES)
def test_what_is_compared_exists_and_each_difference_is_explained(name: str) -> None:
    duties = {duty.key for duty in history(name).obligations}
    for row in histories_page.told()[name]:
        assert " " in row.asked or row.asked.partition("/")[0] in duties, row.asked
        assert row.happened.endswith(".")
        assert row.explained.endswith(".")


def test_no_official_and_no_member_is_named() -> None:
    """Test the record for the forms in which the press and minutes name people."""
    page = (ROOT / "docs/histories.md").read_text()
    assert re.findall(r"\b(?:Cllr|Councillor|Mr|Mrs|Ms|Dr|Minister) [A-Z][a-z]+", page) == []
