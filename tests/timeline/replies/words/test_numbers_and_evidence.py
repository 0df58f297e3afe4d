"""Test what a line says besides its answer: the number of a task, evidence, and words for a person."""

import pytest

from tests.timeline.replies.letters import letter, taken
from timeline.answers.responses import Answer

ACK, DONE, HELP, DECLINED = Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED
CONFIRMED = Answer.CONFIRMED


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("Ack\nbut not before Friday", None),
        ("Ack,\nthough the date is wrong", None),
        ("Ack –\nI can't", None),
        ("ACK - I will deal with this on Thursday when I am back from the board,\nbut only in part", None),
        ("ACK - I will deal with this on Thursday when I am back from the board in the city\nand not before", None),
        ("ACK, " + "and so on and so on and so on and so on and so on and so on\n" * 9 + "but not now", None),
        ("Ack\nCan you send the paper?", ACK),
        ("Ack\nSean", ACK),
        ("Ack\n\nI can't open the paper, but will ask.", ACK),
        ("Dear all\n\nAck", ACK),
        ("\n\n\nAck", ACK),
    ],
)
def test_only_the_first_line_counts_as_far_as_its_sentence_goes(body: str, answer: Answer | None) -> None:
    assert taken(letter(body)).response is answer


@pytest.mark.parametrize(
    ("line", "answer", "number"),
    [
        ("ack 2", ACK, 2),
        ("ACK 2.", ACK, 2),
        ("Ack #12", ACK, 12),
        ("ack: 2", ACK, 2),
        ("ack no. 2", ACK, 2),
        ("ack task 2", ACK, 2),
        ("ack 2 – thanks", ACK, 2),
        ("ack 2 thanks", ACK, 2),
        ("done 3 https://borough.example/x", DONE, 3),
        ("done 3, see CAB/2019/14", DONE, 3),
        ("help 1 please", HELP, 1),
        ("decline 2 because it is Priya's", DECLINED, 2),
        ("not mine 2", DECLINED, 2),
        ("Ack - 2 days late", ACK, None),
        ("done 2 weeks ago", None, None),
        ("ack 0", None, None),
        ("ack 02", None, None),
        ("ack 2026", None, None),
        ("ack 2.30pm", None, None),
        ("2 ack", ACK, 2),
        ("2 done https://borough.example/x", DONE, 2),
        ("no. 2: not mine", DECLINED, 2),
        ("yes to 2, thanks", ACK, 2),
        ("2 yes?", None, None),
        ("2 weeks yes", None, None),
        ("2 done by Friday", None, None),
        ("ack 2-4", None, None),
        ("ack 2?", None, None),
    ],
)
def test_a_number_names_one_task_of_several(line: str, answer: Answer | None, number: int | None) -> None:
    reading = taken(letter(line))
    assert (reading.response, reading.number) == (answer, number)


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("done", ""),
        ("Done, thanks – circulated £100", ""),
        ("Done on 14 November 2019", ""),
        ("Done and circulated to 14 people", ""),
        ("done https://borough.example/papers?id=3&x=(1)", "https://borough.example/papers?id=3&x=(1)"),
        ("Done: see https://borough.example/papers.", "https://borough.example/papers"),
        ("Done\nhttps://borough.example/papers", "https://borough.example/papers"),
        ("Done <https://borough.example/papers>", "https://borough.example/papers"),
        ("Done\n\nSean\nhttps://www.borough.example", ""),
        ("Done, minute 14", "minute 14"),
        ("Done – ref no. 1234/19", "ref no. 1234/19"),
        ("Done, LIC-2026-0042", "LIC-2026-0042"),
        ("Done CAB/2019/14", "CAB/2019/14"),
        ("Done 3, item 14b", "item 14b"),
    ],
)
def test_evidence_after_done_is_a_link_or_a_reference_in_the_same_sentence(line: str, evidence: str) -> None:
    reading = taken(letter(line))
    assert (reading.response, reading.evidence) == (DONE, evidence)


def test_a_question_mark_in_a_link_is_no_question() -> None:
    assert taken(letter("Done https://borough.example/?id=3")).response is DONE
    assert taken(letter("Done https://borough.example/ ok?")).response is None


def test_the_words_after_help_and_decline_are_kept() -> None:
    assert taken(letter("Help – I have lost the file\nSean's copy too\n\nRegards\nSean")).text == (
        "I have lost the file\nSean's copy too"
    )
    assert taken(letter("Decline: this is Priya's.\n\n-- \nSean")).text == "this is Priya's."
