"""Test words as British officers write them: greetings, numbers, "all", a yes, a wish for another date, a note beside
an acceptance.
"""

import pytest

from tests.timeline.replies.letters import SEAN, letter, taken
from timeline.answers.responses import Answer
from timeline.replies.reading import ReplyKind
from timeline.replies.words import read_answer

ACK, DONE, HELP, DECLINED = Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED
CONFIRMED = Answer.CONFIRMED


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("ack 2, 3", [(2, ACK, ""), (3, ACK, "")]),
        ("ack 2 and 3", [(2, ACK, ""), (3, ACK, "")]),
        ("1 & 3 yes, thanks", [(1, ACK, ""), (3, ACK, "")]),
        ("1, 2 and 3: yes", [(1, ACK, ""), (2, ACK, ""), (3, ACK, "")]),
        ("ack 1, done 2", [(1, ACK, ""), (2, DONE, "")]),
        ("ack 1\ndone 2", [(1, ACK, ""), (2, DONE, "")]),
        ("1: yes\n2: not mine", [(1, ACK, ""), (2, DECLINED, "")]),
        (
            "Hi,\n\n1. Yes\n2. Done https://b.example/x\n\nThanks\nSean",
            [(1, ACK, ""), (2, DONE, "https://b.example/x")],
        ),
        ("2 and 3 done https://b.example/x", [(2, DONE, "https://b.example/x"), (3, DONE, "https://b.example/x")]),
        ("1 yes, 1 not mine", []),
        ("1 yes\n2 can we move this to Friday?", []),
        ("1 yes, 2 done by Friday", []),
        ("ack 2 and 3 weeks", []),
        ("1 or 2 yes", []),
    ],
)
def test_a_line_or_a_list_of_numbers_answers_several_tasks(body: str, parts: list[tuple[int, Answer, str]]) -> None:
    reading = taken(letter(body))
    assert [(part.number, part.answer, part.evidence) for part in reading.parts] == parts
    assert reading.number is None
    assert reading.response is (parts[0][1] if len({answer for _, answer, _ in parts}) == 1 else None)


@pytest.mark.parametrize(
    ("line", "of_all", "count"),
    [
        ("all yes", True, None),
        ("“All yes”.", True, None),
        ("ack all", True, None),
        ("Yes to all of these, thanks", True, None),
        ("yes to both", True, 2),
        ("All acknowledged", True, None),
        ("Yes, all good", False, None),
        ("yes to all but 2", False, None),
        ("all yes, except 3", False, None),
        ("all done https://borough.example/x", False, None),
    ],
)
def test_all_means_every_task_of_the_mail_and_only_acknowledges(line: str, of_all: bool, count: int | None) -> None:
    reading = taken(letter(line))
    assert (reading.of_all, reading.count) == (of_all, count)
    assert not of_all or reading.response is ACK


@pytest.mark.parametrize(
    "words",
    ["yes", "Yes.", "“yes”", '"Yes"', "'yes'.", "YES", "Hi, yes thanks", "Got it", "Will do", "I'm on it", "ok thanks",
     "Leave it with me", "Thanks, noted", "No problem, will do by Friday"],
)  # fmt: skip
def test_words_that_mean_i_have_this_and_nothing_else_acknowledge(words: str) -> None:
    assert taken(letter(words)).response is ACK


@pytest.mark.parametrize(
    "words",
    ["yes, Tom has it", "Got it from Tom", "Will do half", "ok to publish", "yes\n\nActually no",
     "Got it\n\nIf Tom agrees",
     "Leave it with Tom", "yes, not mine", "no, done"],
)  # fmt: skip
def test_they_acknowledge_nothing_where_more_is_said(words: str) -> None:
    assert taken(letter(words)).response is None


@pytest.mark.parametrize(
    "words",
    ["can we move this to Friday?", "Yes\n\nCan we move this to Friday", "Ack, please postpone it to January",
     "Done https://b.example/x\n\nPlease move the deadline", "Noted, is there a later date"],
)  # fmt: skip
def test_a_request_for_another_date_is_held_and_says_so(words: str) -> None:
    reading = taken(letter(words))
    assert reading.response is None
    assert "another date" in reading.why
    assert reading.text == words


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("", ACK),
        ("Thanks, see you there", ACK),
        ("Sean O'Brien has accepted this invitation.\n\nPanel\nFriday, if it is dry", ACK),
        ("Ack", ACK),
        ("Help please, I have nobody to chair it", HELP),
        ("Sean O'Brien has accepted this invitation with this note: I will not come", None),
        ("Done", None),
        ("I shall send Tom", None),
        ("Yes, from 11 if I can", None),
    ],
)
@pytest.mark.parametrize("within", ["beside", "comment"])
def test_words_beside_an_acceptance_are_read_as_a_first_line(note: str, answer: Answer | None, within: str) -> None:
    comment = f"COMMENT:{note}".replace(",", "\\,").replace("\n", "\\n") if within == "comment" else "SEQUENCE:0"
    entry = (
        f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}\n{comment}\n"
        "END:VEVENT\nEND:VCALENDAR"
    )
    text = note if within == "beside" else ""
    body = f"--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: text/calendar; method=REPLY\n\n{entry}\n--b--"
    reading = taken(letter(body, Content_Type='multipart/alternative; boundary="b"'))
    assert (reading.kind, reading.response) == (ReplyKind.CALENDAR, answer)
    assert answer is not HELP or reading.text == "I have nobody to chair it"


@pytest.mark.parametrize("beginning", ["", "yes ", "done ", "help ", "Hi "])
@pytest.mark.parametrize(
    "unit",
    [" ", "\t", "1 and ", "1, ", "1 yes, ", "1 yes\n", "ack 1, ", "thanks A ", "Hi A ", "the minutes of the ", "1/1/",
     "a-1/", "sorry for the ", "i need ", "no longer the ", "not mine ", "\u2019", "*_", "\U0001f44d"],
)  # fmt: skip
def test_a_text_without_an_end_is_read(beginning: str, unit: str) -> None:
    """Test that two parts of a pattern that can take the same gap made a list of numbers take half a second."""
    read_answer((beginning + unit * 4_000)[:4_000], names={"a"})


@pytest.mark.parametrize(
    ("below", "unread"),
    [
        ("Pat", False),
        ("Pat Lee\nTeam Manager", False),
        ("We meet on Thursday.", True),
        ("Pat\nthe annex is missing", True),
        ("Help", True),
    ],
)
def test_a_name_below_an_answer_is_no_word_that_was_not_read(below: str, unread: bool) -> None:
    assert read_answer(f"Hi, yes thanks\n\n{below}").unread is unread
