"""Answers from a calendar: the attendee's choice, whatever else a line holds, and no line that holds the reader up."""

import pytest

from tests.timeline.replies.letters import SEAN, letter, taken
from timeline.answers.responses import Answer
from timeline.replies import ReplyKind


def entry(attendee: str) -> bytes:
    text = f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\n{attendee}\nEND:VEVENT\nEND:VCALENDAR"
    return letter(text, Content_Type="text/calendar")


@pytest.mark.parametrize(
    ("parameters", "response"),
    [
        ("PARTSTAT=ACCEPTED", Answer.ACKNOWLEDGED),
        ('partstat="accepted"', Answer.ACKNOWLEDGED),
        ("PARTSTAT=DECLINED;CN=Sean", Answer.DECLINED),
        ('CN="Sean: PLO; Panel";PARTSTAT=ACCEPTED', Answer.ACKNOWLEDGED),
        ('CN="Pat;PARTSTAT=ACCEPTED";PARTSTAT=DECLINED', Answer.DECLINED),
        ('CN="Pat;PARTSTAT=ACCEPTED"', None),
        ('X-NOTE="PARTSTAT=DECLINED";PARTSTAT=ACCEPTED', Answer.ACKNOWLEDGED),
        ("X-PARTSTAT=ACCEPTED;CN=Sean", None),
        ("PARTSTAT=ACCEPTED;PARTSTAT=DECLINED", None),
        ("PARTSTAT=TENTATIVE", None),
    ],
)
def test_only_the_attendees_own_choice_counts(parameters: str, response: Answer | None) -> None:
    reading = taken(entry(f"ATTENDEE;{parameters}:mailto:{SEAN}"))
    assert (reading.kind, reading.response) == (ReplyKind.CALENDAR, response)


@pytest.mark.parametrize("line", [";" * 42, ';"' * 5_000, '";' * 5_001, ";=" * 50_000, '""' * 50_001, ";A=" * 50_000])
def test_a_line_without_an_end_is_passed_over(line: str) -> None:
    """Forty-two semicolons held the reader for ever, and every answer behind them."""
    assert taken(entry(f"X{line}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{SEAN}")).response is Answer.ACKNOWLEDGED
    assert taken(entry(f"ATTENDEE{line}:mailto:{SEAN}")).response is None
