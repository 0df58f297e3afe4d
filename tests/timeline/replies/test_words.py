"""Test the first visible line: what answers, what is left to a person, numbers and evidence."""

import pytest

from tests.timeline.replies.letters import TOKEN, letter, taken
from timeline.answers.responses import Answer

ACK, DONE, HELP, DECLINED = Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED
CONFIRMED = Answer.CONFIRMED


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("ack", ACK),
        ("Ack.", ACK),
        ("ACK!", ACK),
        ("ACK!!!", ACK),
        ("ack – thanks", ACK),
        ("Ack - thanks", ACK),
        ("ack thanks", ACK),
        ("Ack 👍", ACK),
        ("*ACK*", ACK),
        ("“Ack”", ACK),
        ("Acknowledged", ACK),
        ("Ack’d", ACK),
        ("Acked.", ACK),
        ("acknowledge", ACK),
        ("I acknowledge receipt", ACK),
        ("ACK on Sean's behalf", ACK),
        ("Ack, will be done by Friday", ACK),
        ("Received, thank you", ACK),
        ("Received with thanks", ACK),
        ("Noted.", ACK),
        ("I have this", ACK),
        ("I’ve got this, thanks", ACK),
        ("Wedi derbyn", ACK),
        ("Wedi derbyn, diolch!", ACK),
        ("Cydnabuwyd", ACK),
        ("done", DONE),
        ("DONE.", DONE),
        ("Done, thanks – circulated £100", DONE),
        ("Done on Friday", DONE),
        ("Complete", DONE),
        ("Completed!", DONE),
        ("It is done", DONE),
        ("I’ve done this", DONE),
        ("This has been completed.", DONE),
        ("This is complete", DONE),
        ("Wedi’i gwblhau.", DONE),
        ("help", HELP),
        ("Help please", HELP),
        ("I need help with the data", HELP),
        ("need help", HELP),
        ("Help: I have lost the file", HELP),
        ("Angen cymorth", HELP),
        ("decline", DECLINED),
        ("Declined.", DECLINED),
        ("Decline – not mine", DECLINED),
        ("not mine", DECLINED),
        ("This is not mine, please ask Priya", DECLINED),
        ("It’s not my task.", DECLINED),
        ("This isn’t mine", DECLINED),
        ("Gwrthod", DECLINED),
        ("confirm", CONFIRMED),
        ("Confirmed.", CONFIRMED),
        ("Confirmed, thanks", CONFIRMED),
        ("I confirm", CONFIRMED),
        ("I can confirm it", CONFIRMED),
        ("I confirm this is done", CONFIRMED),
        ("Cadarnhawyd", CONFIRMED),
    ],
)
def test_a_line_that_begins_with_a_known_word_answers(line: str, answer: Answer) -> None:
    assert taken(letter(line)).response is answer


@pytest.mark.parametrize(
    "line",
    [
        "not done",
        "Not done yet, the annex is missing",
        "confirmed?",
        "I cannot confirm it",
        "I can't confirm this",
        "Confirmed, but the annex is missing",
        "I confirm it is not done",
        "confirm receipt",
        "Confirmed by Friday",
        "confirmation to follow",
        "ack?",
        "Ack ?",
        "ack but not before Friday",
        "Ack, however the date is wrong",
        "can't ack",
        "I can’t acknowledge this",
        "cannot ack",
        "don't ack",
        "not ack",
        "Ack, I don’t have it",
        "Ack if Priya agrees",
        "Ack 👎",
        "ack to follow",
        "acknowledgement will follow",
        "acking",
        "ackack",
        "received?",
        "Received your mail in error",
        "Received the wrong paper",
        "I have this week off",
        "I have this on my list",
        "thanks",
        "Hello,",
        "Please ack",
        "👍",
        "I have done this in part",
        "I have done half of it",
        "This is done by Priya",
        "This isn’t mine?",
        "Done by Friday",
        "Done, apart from the appendix",
        "Done tomorrow",
        "done-ish",
        "Done half of it",
        "Done nothing",
        "nearly done",
        "Will be done",
        "Complete nonsense",
        "Completed by Friday",
        "Complete – nearly",
        "Complete (mostly)",
        "help desk",
        "Help Desk | Borough Council",
        "Help/advice line",
        "help not needed",
        "Help no longer needed",
        "help is on its way",
        "Help – sorted, thanks",
        "helpful, thanks",
        "Decline in numbers",
        "declined?",
        "decline but ask Priya",
        "mine",
        "not mine?",
        "Ddim wedi derbyn",
        "Wedi derbyn ond ddim yn deall",
        "Wedi derbyn?",
        "derbyn",
        "ACK received - I am out of the office",
        "Ack. Done.",
        "Done / help",
        "I have this https://daymark.borough.example/t/abcdef",
        "Ack https://daymark.borough.example/t/abcdef",
        f"Done https://daymark.borough.example/t/{TOKEN}",
        f"Ack [ref:{TOKEN}]",
    ],
)
def test_anything_else_is_left_to_a_person(line: str) -> None:
    reading = taken(letter(line))
    assert reading.response is None
    assert reading.why.startswith("A person must read it")
    assert reading.text


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
