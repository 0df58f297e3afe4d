"""Test the days away that an automatic reply states: those that a person would take from it, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fuzzing import looks_at
from tests.timeline.replies.absences.afterthoughts import AFTERTHOUGHTS
from tests.timeline.replies.absences.wordings import ORDINARY, SENT, TRAPS, Wording
from tests.timeline.replies.letters import letter, taken
from timeline.replies.absences import absence
from timeline.replies.quotes import MOST_WRITTEN

_PIECES = (
    "I am|on leave|away|out of the office|until|back|return|from|to|between|and|not|Jane|is|please|my|w/c|this week",
    "end of|14|14th|Monday|Mon,|ddydd Llun|Mawrth|April|14/4|31.2.|2025-13-40|0/0/00|99 May|1 May 0001|9999|12.10",
    "9am|24/7|'25|-|–|,|.|;|\n|\n\n|Rwyf|i ffwrdd|tan|tomorrow|noon",
)
PIECES = "|".join(_PIECES).split("|")


@pytest.mark.parametrize("wording", [*TRAPS, *ORDINARY, *AFTERTHOUGHTS], ids=lambda wording: wording.text[:60])
def test_a_note_states_the_days_that_a_person_takes_from_it(wording: Wording) -> None:
    reading = taken(letter(wording.text, Auto_Submitted="auto-replied", Date=wording.sent))
    assert (reading.absent_from, reading.absent_until) == (wording.first, wording.last)


def test_the_lists_hold_more_than_a_few_of_each_kind() -> None:
    assert len(TRAPS) >= 60
    assert len(ORDINARY) >= 80


@pytest.mark.parametrize(
    "piece",
    [
        "until ",
        "until the end of ",
        "until at least the ",
        "back to the office on ",
        "I am on leave ",
        "not not ",
        "the for ",
        "7 April ",
        "7 to ",
        "from 7 to 11 April ",
        "7-",
        "1/",
        "1.",
        "Monday ",
        "ddydd ",
        "\n ",
        "will ",
        "my ",
        "ﷺ",
        "until 7 April or ",
    ],
)
def test_a_note_of_one_piece_again_and_again_is_read_to_its_end(piece: str) -> None:
    """Test that a search in time that grows by powers would keep this from ending."""
    taken(
        letter(f"I am on leave {piece * (MOST_WRITTEN // len(piece))} until 14 April.", Auto_Submitted="auto-replied")
    )


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([SENT, "", "Wed, 31 Dec 9999 12:00:00 +0000"]))
@looks_at(200)
def test_no_words_in_any_order_break_the_reading(pieces: list[str], written: str) -> None:
    first, last = absence(" ".join(pieces), written)
    assert last is not None or first is None
    assert first is None or last is None or first <= last
