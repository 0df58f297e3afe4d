"""Test the catalogue: what is another council's example is off until chosen, and an old file keeps what it had."""

from pathlib import Path

import pytest

from config.load import is_error
from config.new_council.catalogue import choose, offered
from tests.config.files import PACK, TIMELINE, broken, examined

EXAMPLE = broken(
    PACK,
    ("    status: local\n", "    status: local\n    example: Medway 2019\n"),
    ("rule: quarterly from plan", "rule: quarterly from panel"),
)


@pytest.mark.parametrize(
    ("added", "on"), [("practices: [panel]\n", True), ("practices: []\noff: {visit: none}\n", False)]
)
def test_an_example_is_off_until_it_is_chosen(tmp_path: Path, added: str, on: bool) -> None:
    result = examined(tmp_path, timeline=TIMELINE + added, pack=EXAMPLE)
    assert result.timeline is not None, result.faults
    assert ("panel" in {duty.key for duty in result.timeline.obligations}, result.faults) == (on, ())


def test_a_key_with_nothing_behind_it_chooses_nothing_and_what_counts_from_it_is_told(tmp_path: Path) -> None:
    (fault,) = examined(tmp_path, timeline=f"{TIMELINE}practices:\n", pack=EXAMPLE).faults
    assert (fault.key, is_error(fault)) == ("practices", True)
    assert fault.text.startswith("“visit” counts from “panel”; expected “panel” among the practices")


def test_a_file_from_before_there_was_a_choice_keeps_all_and_check_names_them(tmp_path: Path) -> None:
    result = examined(tmp_path, pack=EXAMPLE)
    assert result.timeline is not None
    assert [duty.key for duty in result.timeline.obligations] == ["plan", "visit", "panel"]
    (fault,) = result.faults
    assert (fault.key, is_error(fault)) == ("practices", False)
    assert "write “practices: [panel]”" in fault.text.lower()


def test_a_practice_that_is_none_is_told(tmp_path: Path) -> None:
    (fault,) = examined(tmp_path, timeline=f"{TIMELINE}practices: [panel, panle]\n", pack=EXAMPLE).faults
    assert (fault.key, "Did you mean “panel”?" in fault.text) == ("practices[1]", True)


def test_medways_fifteen_practices_and_the_question_about_actions_are_offered_as_examples() -> None:
    assert len(offered()) == 15 + 1
    for shape in offered().values():
        assert (shape.example, shape.basis.startswith("Example, Medway 2019")) == ("Medway 2019", True)


@pytest.mark.parametrize(
    ("wanted", "unwanted", "keys", "brought"),
    [
        ((), (), (), ()),
        (("risk-register",), (), ("improvement-programme", "risk-register"), ("improvement-programme",)),
        (("plo-panel", "case-follow-up"), (), ("plo-panel", "case-follow-up"), ()),
        (("plo-panel", "case-follow-up"), ("plo-panel",), ("case-follow-up",), ()),
    ],
)
def test_what_is_chosen_brings_what_it_counts_from(
    wanted: tuple[str, ...], unwanted: tuple[str, ...], keys: tuple[str, ...], brought: tuple[str, ...]
) -> None:
    choice = choose(wanted, unwanted)
    assert (choice.keys, choice.brought, choice.faults) == (keys, brought, ())


def test_all_may_be_chosen_and_nothing_without_what_it_counts_from() -> None:
    assert choose(("all",), ()).keys == tuple(offered())
    (fault,) = choose(("all",), ("improvement-programme",)).faults
    assert fault.text == "“accountability-meeting” counts from “improvement-programme”, expected that without it too."
    (fault,) = choose(("plo-panle",), ()).faults
    assert (fault.key, "Did you mean “plo-panel”?" in fault.text) == ("--with", True)
