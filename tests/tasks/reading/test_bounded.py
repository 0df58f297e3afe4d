"""Test that a mail that no program can read costs itself, and no other: it is held, and the next is read."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.reading import bounded, frames
from tasks.reading.reading_process import ReadingProcess
from tests.timeline.replies.letters import OURS, SEAN, TOKEN, letter
from timeline.answers.responses import Answer
from timeline.replies.reading import MailReading, ReplyKind


@pytest.fixture
def misled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin when the process that reads has faults that a mail can find."""
    reader = ReadingProcess("tests.tasks.reading.stuck_worker")
    monkeypatch.setattr(bounded, "_reader", reader)
    yield
    reader.stop()


def read(words: str) -> MailReading:
    return bounded.read(letter(words), mailbox=OURS, asked=SEAN)


def test_a_mail_is_read_as_it_is_without_limits() -> None:
    reading = read("Ack, thanks")
    assert (reading.kind, reading.response, reading.token) == (ReplyKind.RESPONSE, Answer.ACKNOWLEDGED, TOKEN)
    assert (reading.trusted, reading.from_asked, reading.sender) == (True, True, SEAN)
    away = bounded.read(letter("I am away from 20 to 27 March", Auto_Submitted="auto-replied"), mailbox=OURS)
    assert f"{away.absent_from} {away.absent_until}" == "2026-03-20 2026-03-27"


@pytest.mark.parametrize("fault", ["hang", "too large", "die"])
def test_a_mail_that_breaks_its_reader_is_held_and_the_next_is_read(
    fault: str, misled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault == "hang":
        read("Ack")
        monkeypatch.setattr(bounded, "SECONDS", 0.2)
    reading = read(f"Ack\n{fault}")
    assert (reading.kind, reading.response, reading.why) == (ReplyKind.OTHER, None, bounded.TOO_MUCH)
    assert (reading.automatic, reading.text) == (True, "")
    # Its head tells the person who looks at it whose it is.
    assert (reading.token, reading.sender, reading.trusted, reading.message_id) == (
        TOKEN, SEAN, True, "<b@borough.gov.uk>"
    )  # fmt: skip
    monkeypatch.undo()
    assert read("Ack").response is Answer.ACKNOWLEDGED


def test_of_a_mail_whose_head_is_too_much_nothing_is_known(misled: None) -> None:
    reading = bounded.read(letter("Ack", Subject="die"), mailbox=OURS)
    assert (reading.kind, reading.token, reading.why) == (ReplyKind.OTHER, "", bounded.TOO_MUCH)


def test_a_process_that_somebody_ended_costs_no_mail() -> None:
    read("Ack")
    process = bounded._reader._process
    assert process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert read("Ack").response is Answer.ACKNOWLEDGED


def test_what_the_parent_is_told_to_stop_by_does_not_end_the_process() -> None:
    read("Ack")
    process = bounded._reader._process
    assert process
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(process.pid, number)
    assert read("Ack").response is Answer.ACKNOWLEDGED
    assert process is bounded._reader._process


def test_the_process_ends_with_its_line() -> None:
    read("Ack")
    process, line = bounded._reader._process, bounded._reader._line
    assert process
    assert line
    line.close()
    assert process.wait(120) == 1
    assert read("Ack").response is Answer.ACKNOWLEDGED


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYMARK_SECRET_KEY", "not for strangers")
    reader = ReadingProcess()
    reader._started()
    assert reader._process
    assert "DAYMARK" not in Path(f"/proc/{reader._process.pid}/environ").read_text()
    reader.stop()


def test_mails_of_several_threads_are_not_mixed_up() -> None:
    numbers = range(1, 25)
    readings: dict[int, MailReading] = {}

    def read_number(number: int) -> None:
        readings[number] = read(f"ack {number}")

    threads = [threading.Thread(target=read_number, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: reading.number for number, reading in readings.items()} == {number: number for number in numbers}


def test_no_mail_is_looked_at_where_the_process_does_not_start() -> None:
    reader = ReadingProcess("tests.tasks.reading.no_such_module")
    with pytest.raises(bounded.ReaderNotStarted):
        reader.answer({}, b"", seconds=1)


def test_an_answer_about_another_mail_is_not_taken() -> None:
    reader = ReadingProcess()
    reader._started()
    reader._number = 7
    assert reader._line
    other = {"mailbox": {"address": "x@x.example"}, "asked": None}
    frames.send(reader._line, {**other, "number": 7}, letter("help"))
    answer = reader.answer(other, letter("ack"), seconds=60)
    assert isinstance(answer, dict)
    assert answer["response"] == "acknowledged"
    reader.stop()
