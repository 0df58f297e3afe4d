import pytest

from timeline.definitions.refs import duty_of, is_task, number_of, occurrence_of, occurrence_ref, task_ref


def test_a_reference_is_made_of_the_duty_the_number_and_the_task() -> None:
    assert occurrence_ref("plo-panel", 2) == "plo-panel/2"
    assert task_ref("plo-panel", 2, "papers") == "plo-panel/2/papers"


@pytest.mark.parametrize("ref", ["plo-panel/2", "plo-panel/2/papers"])
def test_a_reference_tells_its_duty_and_its_occurrence(ref: str) -> None:
    assert duty_of(ref) == "plo-panel"
    assert occurrence_of(ref) == "plo-panel/2"


def test_a_task_is_told_from_an_occurrence() -> None:
    assert is_task("plo-panel/2/papers")
    assert not is_task("plo-panel/2")
    assert not is_task("plo-panel")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("plo-panel/2", 2),
        ("plo-panel", None),
        ("plo-panel/", None),
        ("plo-panel/x", None),
        ("plo-panel/2/papers", None),
    ],
)
def test_only_an_occurrence_has_a_number(text: str, number: int | None) -> None:
    assert number_of(text) == number
