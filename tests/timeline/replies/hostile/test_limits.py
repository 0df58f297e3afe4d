"""Test that nothing that comes in raises, and a huge or hostile mail is read as quickly as any other.

The work is counted in lines of Python, not in seconds: a busy machine must not fail a build. A search that takes
quadratic time inside one line would keep these tests from ending.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from tasks.reading.mail import read
from tests.timeline.replies.letters import HEAD, OURS, TOKEN, html, letter, taken
from timeline.answers.responses import Answer
from timeline.replies import reader
from timeline.replies.html import MOST_LETTERS, visible_text
from timeline.replies.mail import MOST_BYTES, MOST_HEADERS
from timeline.replies.quotes import MOST_WRITTEN
from timeline.replies.reading import ReplyKind

MEGABYTE = 1_000_000


def test_a_mail_of_twenty_megabytes_is_read_by_its_beginning() -> None:
    attachment = "QUJD" * 19 + "\n"
    body = (
        "--B\nContent-Type: text/plain\n\nAck\n\n--B\nContent-Type: application/pdf\n"
        "Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n"
        + attachment * (20 * MEGABYTE // len(attachment))
        + "\n--B--"
    )
    raw = letter(body, Content_Type='multipart/mixed; boundary="B"')
    assert len(raw) > 20 * MEGABYTE
    reading = taken(raw)
    assert (reading.response, reading.token, reading.trusted) == (Answer.ACKNOWLEDGED, TOKEN, True)


def test_no_more_of_a_mail_is_read_than_the_limit() -> None:
    """Test that what comes after so much else is no reply that somebody typed."""
    for size, response in ((MOST_BYTES // 2, Answer.ACKNOWLEDGED), (MOST_BYTES, None)):
        image = "Content-Type: image/png\n\n" + "x" * 70 + ("\n" + "x" * 70) * (size // 71)
        raw = letter(f"--B\n{image}\n--B\n\nACK\n--B--", Content_Type='multipart/mixed; boundary="B"')
        assert taken(raw).response is response


def test_no_more_is_kept_of_what_was_written_than_somebody_reads() -> None:
    assert len(visible_text("word<br>" * 20_000)) <= MOST_LETTERS
    assert len(taken(letter("word\n" * 20_000)).text) <= MOST_WRITTEN


def test_only_the_first_headers_are_read_and_our_servers_stand_first() -> None:
    many = "\n".join(f"X-{number}: y" for number in range(MOST_HEADERS))
    assert taken(letter("ACK", X=f"y\n{many}")).trusted
    assert not taken(f"{many}\n".encode() + letter("ACK")).trusted


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "zlib", "unicode_escape", "raw_unicode_escape", "undefined", "x"]
)
def test_what_is_no_honest_charset_is_read_as_plain_text(charset: str) -> None:
    kind = f"text/plain; charset={charset}"
    assert taken(letter("Ack, thanks", Content_Type=kind)).response is Answer.ACKNOWLEDGED
    assert taken(letter("\\u0041ck", Content_Type=kind)).response is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\r\n\r\n",
        b"\x00" * 100,
        b"\xff\xfe" * 1_000,
        b"ACK",
        b"From",
        b": \n\nACK",
        b"From: \xff\xfe@\xff\nSubject: =?x?q?=ff?= =?utf-8?b?!!?=\n\nACK",
        b"Subject: =?utf-7?q?+?=\nContent-Type: text/plain; charset==?x?=\n\nACK",
        b"Content-Type: multipart/mixed\n\nACK",
        b'Content-Type: multipart/mixed; boundary=""\n\n--\nACK',
        b"Content-Type: message/rfc822\n\n",
        b"Content-Type: message/delivery-status\n\n\n\n",
        b"Content-Type: message/delivery-status\n\nAction:\n",
        b"Content-Type: message/disposition-notification\nContent-Transfer-Encoding: base64\n\n!!",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:X\nEND:X\nATTENDEE",
        b"Content-Type: text/plain; charset=punycode\n\nACK-ABC",
        b"Content-Type: text/plain; charset=zlib\n\nACK",
        b'Content-Type: text/plain; charset="\x00"\n\nACK',
        b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 x\n\xff\xff\nend",
        b"Content-Type: text/html\n\n<" + b"a" * 1_000,
        b"Content-Type: text/html\n\n<![x[ACK]]><?php ?><!doctype &#xffffffff; &#0;",
        b"Auto-Submitted: auto-replied\nDate: 99\n\nuntil 99/99/9999, back on 0/0/0, from 0 to 31 June 0000",
        b"Auto-Submitted: auto-replied\nDate: Mon, 1 Jan 9999 00:00:00 +0000\n\nuntil 30 March",
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes(raw: bytes) -> None:
    reading = taken(raw)
    assert not (reading.token and reading.trusted)
    assert reading.why.endswith(".")


def deep(levels: int) -> bytes:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(levels))
    head = "".join(f"{name}: {value}\n" for name, value in HEAD.items())
    return f"{head}{parts}Content-Type: text/plain\n\nACK\n".encode()


def test_parts_within_parts_without_end_are_not_followed() -> None:
    assert read(deep(2_000), mailbox=OURS).response is None
    assert read(deep(5), mailbox=OURS).response is Answer.ACKNOWLEDGED


def test_a_mail_that_cannot_be_read_is_never_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "report", lambda *_: 1 // 0)
    reading = taken(letter("ACK"))
    assert (reading.kind, reading.response, reading.automatic) == (ReplyKind.OTHER, None, True)


def steps(raw: bytes) -> int:
    """Tell how many lines of Python it takes to read the mail."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        taken(raw)
    finally:
        sys.settrace(before)
    return count


HOSTILE = {
    "lines": lambda size: letter("\n" * size),
    "quotes": lambda size: letter(">" * size),
    "attributions": lambda size: letter("On " * (size // 3)),
    "attribution lines": lambda size: letter("On 1\n" * (size // 5) + "wrote:"),
    "headings": lambda size: letter("From: x\n" * (size // 8)),
    "rules": lambda size: letter("_" * size + "\n" + "-" * size),
    "numbers": lambda size: letter("ack " + "1" * size),
    "words": lambda size: letter("done " + "and " * (size // 4)),
    "references": lambda size: letter("done, " + "a-1/" * (size // 4)),
    "plus addresses": lambda size: letter("ack", To="a+" * (size // 2)),
    "message ids": lambda size: letter("ack", References="<r." * (size // 3)),
    "encoded words": lambda size: letter("ack", Subject="=?a?q?" * (size // 6)),
    "open brackets": lambda size: letter("ack", Authentication_Results="mx.notices.x.gov.uk; a=" + "(" * size),
    "quoted names": lambda size: letter("ack", From='"\\' * (size // 2)),
    "tags": lambda size: html("<a " * (size // 3)),
    "elements": lambda size: html("<div>" * (size // 5)),
    "blockquotes": lambda size: html("<blockquote>" * (size // 12)),
    "comments": lambda size: html("<!--" * (size // 4)),
    "declarations": lambda size: html("<!" * (size // 2)),
    "entities": lambda size: html("&" * size),
    "ends of tags": lambda size: html("</" * (size // 2)),
    "links": lambda size: html("<a href=http://x>" * (size // 17)),
    "dates": lambda size: letter("from 2 " * (size // 7), Auto_Submitted="auto-replied"),
    "returns": lambda size: letter("away back " * (size // 10), Auto_Submitted="auto-replied"),
    "spaces": lambda size: letter("away" + " " * size + "until", Auto_Submitted="auto-replied"),
    "calendar": lambda size: letter(
        "BEGIN:VCALENDAR\nMETHOD:REPLY\n" + 'A;"' * (size // 3), Content_Type="text/calendar"
    ),
    "fields": lambda size: letter("a: b\n\n" * (size // 6), Content_Type="message/delivery-status"),
    "headers": lambda size: letter("x", X="\nX: " * (size // 4)),
    "boundaries": lambda size: letter("--B\n\n" * (size // 5), Content_Type='multipart/mixed; boundary="B"'),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_four_times_as_much_of_the_same_takes_no_more_than_some_four_times_the_steps(kind: str) -> None:
    small, large = (steps(HOSTILE[kind](size)) for size in (20_000, 80_000))
    assert large < 6 * small + 20_000
