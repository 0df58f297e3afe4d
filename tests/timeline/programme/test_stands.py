"""Test that a reply about actions is read by its digit or its lines, and that nothing is guessed."""

import pytest

from timeline.definitions.asked import ActionTold, OwnedAction
from timeline.programme.asked.stands import read_stands

TOLD = (ActionTold(on=None, is_open=True, due_on=None, said=""),)
ACTIONS = tuple(
    OwnedAction(key=f"action-{number}", title="Action", owner="lead", number=number, spans=((None, None),), told=TOLD)
    for number in (1, 2, 4)
)
ALL_YES = "A1 yes / A2 yes / A4 yes"


def read(words: str) -> str:
    """Give what is read, as lines; a dash where it is unclear, nothing where nothing is said of actions."""
    given = read_stands(words, ACTIONS, frozenset({"kim"}))
    if given is None:
        return ""
    foreign = "".join(f" / no A{number}" for number in given.foreign)
    return "-" if given.unclear else " / ".join(each.line for each in given.said) + foreign


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("1", ALL_YES),
        ("1 yes", ALL_YES),
        ("1.", ALL_YES),
        ("Yes, thanks\nKim", ALL_YES),
        ("Hi all,\n\nAll on track.\n\nKim", ALL_YES),
        ("2 slipping: the supplier is late", " / ".join(f"A{n} slipping: the supplier is late" for n in (1, 2, 4))),
        ("2\nThe supplier is late.", " / ".join(f"A{n} slipping: The supplier is late." for n in (1, 2, 4))),
        ("3 need help", "A1 need help / A2 need help / A4 need help"),
        ("I need help: nobody chairs it", " / ".join(f"A{n} need help: nobody chairs it" for n in (1, 2, 4))),
        ("A1 yes\nA2 slipping, because the supplier is late", "A1 yes / A2 slipping: because the supplier is late"),
        ("A1 yes / A2 slipping: late, A4 3", "A1 yes / A2 slipping: late / A4 need help"),
        ("a1, A2 and A4 1", ALL_YES),
        ("A2 slipping, expected 2019-12-12: late", "A2 slipping, expected 2019-12-12: late"),
        ("A2 slipping until 12 December 2019", "A2 slipping, expected 2019-12-12"),
        ("A2 done: https://x.example/a\nKim", "A2 done: https://x.example/a"),
        ("A1 yes\nA3 yes", "A1 yes / no A3"),
        ("A4: need help\nNobody chairs the group.\nKim", "A4 need help: Nobody chairs the group."),
    ],
)
def test_a_digit_answers_for_all_and_a_line_for_each(words: str, says: str) -> None:
    assert read(words) == says
    if says and "no A" not in says:
        assert read(says.replace(" / ", "\n")) == says


@pytest.mark.parametrize(
    "words",
    [
        "1 yes\n2 slipping",
        "1 slipping",
        "2 need help",
        "1 and 3 yes",
        "1 yes, but A2 is late",
        "Yes\nA2 is late",
        "Yes, if the supplier delivers",
        "A1 yes\nA1 slipping",
        "A1 is fine, I suppose",
        "A1 yes\nWe may move A2",
        "2 slipping?",
        "1,5",
        "12",
    ],
)
def test_what_may_mean_two_things_is_left_to_a_person(words: str) -> None:
    assert read(words) in ("-", "")


@pytest.mark.parametrize("words", ["Not mine", "I have this", "Done", "Will do", "", "No", "Thanks", "Not slipping"])
def test_words_that_speak_of_no_action_are_read_as_ever(words: str) -> None:
    assert read(words) in ("", "-" if words == "Done" else "")
