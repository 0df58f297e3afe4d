"""Hold mails that grow: each place of a mail filled with more and more of the same, in search of one that takes long.

`make fuzz` (`python -m tests.timeline.replies.hostile.growing --seconds 600`) reads each as Daymark does, in the
process with limits, and fails for a mail that takes two seconds. What took longest grows on, and is changed.
"""

import random
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from functools import partial
from heapq import nlargest
from time import monotonic
from typing import NamedTuple

from tasks.reading import bounded
from tests.timeline.replies.hostile.patterns import patterns, words_of
from tests.timeline.replies.letters import OURS, letter
from timeline.replies.reading import MailReading, ReplyKind

LARGEST = 600_000
_LONGEST_SECONDS = 2.0
_HEADERS = (
    "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path", "Content-Type",
    "Authentication-Results", "Content-Transfer-Encoding", "Auto-Submitted", "Precedence", "X-Failed-Recipients",
    "Delivered-To", "X-POST-MessageClass", "X-Daymark-Probe", "Content-Disposition", "List-Id",
)  # fmt: skip
_CHARSETS = ("utf-7", "utf-16", "hz", "iso-2022-jp", "iso-2022-kr", "gb18030", "big5", "punycode", "koi8-r", "x-none")
_MARKS = tuple(" \n\t-–_.,:;!?()[]{}<>\"'\\/|@#=+*&%$~`’“0aAé\u0301\u200b\xa0\x00👍")
_PIECES = (
    "From: x\n", "Sent: y\n", "On 1 x wrote:\n", "> ", "\n\n", "-- \n", "<div>", "</div>", "<blockquote>",
    "<a href='x'>", "<!--", "<![", "&#", "=?utf-8?q?", "?=", "--B\n", "--B--\n", "Action: ", "Status: 5.1.1\n",
    "Final-Recipient: rfc822; ", "BEGIN:VEVENT\n", "END:VEVENT\n", "ATTENDEE;", "PARTSTAT=ACCEPTED", "mailto:",
    "a@b.example ", "until ", "30 March ", "1/1/", "back on ", "2 done ", "ack ", "all ", "not ", "https://x/",
    "CAB/1-", "dmarc=pass ", "header.from=x ", "a*0=b;", "charset=", "boundary=B;", "wrote:\n",
    "Content-Type: message/rfc822\n\n", "MIME-Version: 1.0\n",
)  # fmt: skip


class Seed(NamedTuple):
    """Tell what is repeated, where, after what and before what."""

    place: str
    begin: str
    unit: str
    end: str
    letters: int

    def mail(self) -> bytes:
        text = f"{self.begin}{self.unit * (self.letters // max(len(self.unit), 1) + 1)}{self.end}"[: self.letters]
        return PLACES[self.place](text)


def _part(kind: str, text: str, *, more: str = "") -> bytes:
    parts = f"--B\nContent-Type: text/plain\n\nAck\n--B\nContent-Type: {kind}\n{more}\n{text}\n--B--"
    return letter(parts, Content_Type='multipart/mixed; boundary="B"')


def _nested(text: str) -> bytes:
    levels = max(len(text) // 400, 1)
    heads = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(levels))
    return f"{heads}\n{text}".encode("utf-8", "replace")


def _report(text: str) -> bytes:
    body = f"--B\nContent-Type: text/plain\n\n{text}\n--B\nContent-Type: message/delivery-status\n\n{text}\n--B--"
    kind = 'multipart/report; report-type=delivery-status; boundary="B"'
    return letter(body, Content_Type=kind, Return_Path="<>", From="MAILER-DAEMON@x.example")


def _in_charset(name: str, text: str) -> bytes:
    return letter(text, Content_Type=f"text/plain; charset={name}")


def _in_header(name: str, text: str) -> bytes:
    return letter("Ack", **{name.replace("-", "_"): text})


PLACES: dict[str, Callable[[str], bytes]] = {
    "plain": letter,
    "automatic": lambda text: letter(text, Auto_Submitted="auto-replied"),
    "html": lambda text: letter(text, Content_Type="text/html; charset=utf-8"),
    "calendar": lambda text: letter(f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{text}", Content_Type="text/calendar"),
    "event": lambda text: _part("text/calendar", f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n{text}"),
    "report": _report,
    "letter of a mail system": lambda text: letter(
        text, Return_Path="<>", From="postmaster@x.example", Subject="failed"
    ),
    "returned": lambda text: _part("message/rfc822", text),
    "header of a part": lambda text: _part("text/plain", "x", more=f"X: {text}\n"),
    "kind of a part": lambda text: _part(f"text/plain; {text}", "x"),
    "nested": _nested,
    "chain": lambda text: ("Content-Type: message/rfc822\n\n" * (len(text) // 60) + text).encode("utf-8", "replace"),
    "boundaries": lambda text: letter("--B\n" * (len(text) // 8) + text, Content_Type='multipart/mixed; boundary="B"'),
    "base64": lambda text: letter(text, Content_Transfer_Encoding="base64"),
    "quoted-printable": lambda text: letter(text, Content_Transfer_Encoding="quoted-printable"),
    "uuencode": lambda text: letter(f"begin 666 x\n{text}", Content_Transfer_Encoding="x-uuencode"),
}
PLACES |= {f"charset {name}": partial(_in_charset, name) for name in _CHARSETS}
PLACES |= {f"header {name}": partial(_in_header, name) for name in _HEADERS}


def seed(dice: random.Random, words: list[str]) -> Seed:
    def piece() -> str:
        return dice.choice(dice.choice((_MARKS, _PIECES, words)))

    unit = "".join(piece() for _ in range(dice.choice((1, 1, 2, 2, 3, 4))))
    begin = "".join(piece() for _ in range(dice.choice((0, 0, 1, 2))))
    end = dice.choice(("", "\n", "x", piece()))
    return Seed(dice.choice(list(PLACES)), begin, unit, end, dice.choice((500, 4_000)))


def changed(old: Seed, dice: random.Random, words: list[str]) -> Seed:
    other = seed(dice, words)
    return dice.choice(
        (
            old._replace(letters=min(old.letters * 4, LARGEST)),
            old._replace(letters=min(old.letters * 4, LARGEST)),
            old._replace(unit=old.unit + other.unit),
            old._replace(begin=other.begin),
            old._replace(end=other.end),
            old._replace(place=other.place),
        )
    )


def read(old: Seed) -> tuple[float, MailReading]:
    raw, begun = old.mail(), monotonic()
    reading = bounded.read(raw, mailbox=OURS)
    return monotonic() - begun, reading


def words_of_patterns() -> list[str]:
    return sorted({f"{word}{after}" for pattern in patterns() for word in words_of(pattern) for after in ("", " ")})


def look(seconds: float, number: int) -> int:
    """Grow mails for that long; print what took longest, and give how many took too long."""
    dice, words = random.Random(number), words_of_patterns()  # noqa: S311 (drawn for a test)
    bounded.read(letter("Ack"), mailbox=OURS)  # it starts the process, which is no mail's doing
    ends = monotonic() + seconds
    slowest: list[tuple[float, Seed]] = []
    kinds: Counter[str] = Counter()
    while monotonic() < ends:
        grown = slowest and dice.random() < 0.6
        given = changed(dice.choice(slowest)[1], dice, words) if grown else seed(dice, words)
        took, reading = read(given)
        kinds["cut off" if reading.why == bounded.TOO_MUCH else reading.kind.value] += 1
        assert reading.kind in ReplyKind
        slowest = nlargest(40, {(round(took, 3), given), *slowest})
    print(f"{sum(kinds.values()):,} mails: {dict(kinds.most_common())}")  # noqa: T201 (its result)
    for took, given in slowest[:8]:
        what = f"{given.place}, {given.begin!r:.60} {given.unit!r:.80} {given.end!r:.40}"
        print(f"{took:.3f} s, {len(given.mail()):,} octets: {what}")  # noqa: T201 (its result)
    return sum(took > _LONGEST_SECONDS for took, _ in slowest)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(min(look(given.seconds, given.seed), 1))


if __name__ == "__main__":
    main()
