"""Test three lists of mails: what people plainly say is read at once, what they leave open is held, no machine is
believed.

Each entry of tests/data/replies/*.txt says who would send it and what is right. An entry that is held stays as it is:
the lists measure the reader, and are not tuned to it.
"""

import sys

from tests.timeline.replies.letters import taken
from tests.timeline.replies.lists import Listed, listed
from timeline.answers.responses import Answer
from timeline.replies.reading import MailReading

READ_AT_ONCE = 0.95


def said(reading: MailReading) -> str:
    """Tell what was read, in the words of the lists."""
    if reading.parts:
        return ", ".join(_in_words(part.answer, part.number, part.evidence) for part in reading.parts)
    if reading.response is None:
        return "held"
    # "I can confirm that this is done" is done for the person who was to do it.
    answer = Answer.DONE if reading.is_done else reading.response
    return _in_words(answer, "all" if reading.of_all else reading.number, reading.evidence)


def _in_words(answer: Answer, number: int | str | None, evidence: str) -> str:
    return " ".join(str(word) for word in (answer.value, number, evidence) if word)


def test_of_ordinary_replies_nearly_all_are_read_at_once_and_none_wrongly() -> None:
    mails = [(mail, said(taken(mail.raw))) for mail in listed("ordinary.txt")]
    assert len(mails) >= 300
    held = [mail for mail, read in mails if read == "held"]
    # In a mail of a single task "all" is that task.
    wrong = [
        (mail.words, read)
        for mail, read in mails
        if read not in ("held", mail.right) and (read.removesuffix(" all") != mail.right)
    ]
    sys.stdout.write("\n  ".join([f"{len(held)} of {len(mails)} are held:", *_shown(held)]))
    assert wrong == []
    assert len(held) <= (1 - READ_AT_ONCE) * len(mails), _shown(held)


def test_of_replies_with_a_reservation_or_a_question_every_one_is_held() -> None:
    mails = [(mail, said(taken(mail.raw))) for mail in listed("held.txt")]
    assert len(mails) >= 100
    assert [(mail.words, read) for mail, read in mails if read != "held"] == []


def test_of_automatic_and_foreign_mails_none_is_believed() -> None:
    mails = list(listed("not_a_person.txt"))
    assert len(mails) >= 300
    assert _shown([mail for mail in mails if _is_believed(taken(mail.raw))]) == []


def _is_believed(reading: MailReading) -> bool:
    return bool(
        (reading.response or reading.parts or reading.of_all)
        and reading.token
        and reading.trusted
        and reading.from_asked
    )


def _shown(mails: list[Listed]) -> list[str]:
    return [f"{mail.who}: {' / '.join(mail.words.splitlines())[:150]}" for mail in mails]
