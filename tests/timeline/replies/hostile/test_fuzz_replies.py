"""Test random and mutated mails: reading never raises, and nobody answers without a token and a proved sender."""

import random
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reading.mail import read
from tests.support.fuzzing import looks_at
from tests.timeline.replies.letters import EXCHANGE_ONLINE, HEAD, OURS, SAMPLES, SEAN, TOKEN, letter, sample, taken
from timeline.answers.responses import Answer
from timeline.replies.html import visible_text
from timeline.replies.quotes import above_the_quote
from timeline.replies.reading import MailReading, ReplyKind, ReplyMailbox

NAMES = sorted(file.name for file in SAMPLES.glob("*.eml"))
MAILBOXES = (OURS, EXCHANGE_ONLINE, ReplyMailbox(address=""))
AUTOMATIC = (ReplyKind.AUTO_REPLY, ReplyKind.BOUNCE, ReplyKind.DELAYED, ReplyKind.RECEIPT)

_SMALL = b'\n|\n\n|\r\n| |>|> |<|--|\x00|\xff|=|=?utf-8?Q?|?=|(|"|;|:|ACK|Done 3|help|not|?|charset=|punycode|boundary='
_LARGE = (
    b"From: x\n|Sent: y\n|On 1 x wrote:\n|multipart/mixed|Content-Type: text/html\n|<blockquote>|</div>|METHOD:REPLY"
    b"|Content-Transfer-Encoding: base64\n|PARTSTAT=|Auto-Submitted: auto-replied\n|Return-Path: <>\n|until 30 March"
    b"|dmarc=pass|header.from=borough.gov.uk|Authentication-Results: |\xf0\x9f\x91\x8d\xe2\x80\xae"
)
PIECES = [*_SMALL.split(b"|"), *_LARGE.split(b"|"), b"9" * 40]


def sound(read: MailReading) -> None:
    """Tell what holds of every reading, whatever came in."""
    assert read.why
    assert read.why.endswith(".")
    if read.response:
        assert read.kind in (ReplyKind.RESPONSE, ReplyKind.CALENDAR)
    if read.kind in AUTOMATIC:
        assert (read.response, read.text, read.evidence, read.automatic) == (None, "", "", True)
    if read.trusted:
        assert read.sender
    assert len(read.text) <= 25_000


@given(st.binary(max_size=3_000), st.sampled_from(MAILBOXES))
@looks_at(300)
def test_any_bytes_are_read_and_answer_for_nobody(raw: bytes, mailbox: ReplyMailbox) -> None:
    reading = read(raw, mailbox=mailbox, asked=SEAN)
    sound(reading)
    assert not (reading.response and reading.token and reading.trusted)


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(MAILBOXES))
@looks_at(400)
def test_pieces_of_mails_in_any_order_are_read_and_answer_for_nobody(
    pieces: list[bytes], mailbox: ReplyMailbox
) -> None:
    reading = read(b"".join(pieces), mailbox=mailbox, asked=SEAN)
    sound(reading)
    assert not (reading.response and reading.token and reading.trusted)


def mutated(raw: bytes, seed: int) -> bytes:
    """Give the mail with a few cuts, doublings, swaps and foreign pieces."""
    dice = random.Random(seed)  # noqa: S311 (drawn for a test)
    for _ in range(dice.randint(1, 6)):
        if not raw:
            return raw
        at, end = sorted(dice.randrange(len(raw) + 1) for _ in range(2))
        end = min(end, at + dice.choice((1, 10, 200, 2_000)))
        raw = dice.choice(
            (
                raw[:at] + raw[end:],
                raw[:end] + raw[at:],
                raw[:at] + dice.choice(PIECES) + raw[at:],
                raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :],
                raw[:at] + raw[at:end].swapcase() + raw[end:],
            )
        )
    return raw


@pytest.mark.slow("reads hundreds of mails")
@given(st.sampled_from(NAMES), st.integers(min_value=0), st.sampled_from(MAILBOXES))
@looks_at(1_500)
def test_mutated_samples_are_read(name: str, seed: int, mailbox: ReplyMailbox) -> None:
    sound(read(mutated(sample(name), seed), mailbox=mailbox, asked=SEAN))


@given(st.sampled_from(NAMES), st.integers(min_value=0))
@looks_at(800)
def test_a_mutated_sample_that_nobody_vouched_for_answers_for_nobody(name: str, seed: int) -> None:
    """Test that whatever a forger does below the header that our own mail server puts on top."""
    refused = b"Authentication-Results: mx.notices.x.gov.uk; dmarc=fail header.from=borough.gov.uk\n"
    assert not taken(refused + mutated(sample(name), seed)).trusted
    assert not read(refused + mutated(sample(name), seed), mailbox=ReplyMailbox(address=OURS.address)).trusted


@given(st.sampled_from(NAMES), st.integers(min_value=0))
@looks_at(500)
def test_a_mutated_sample_without_its_token_answers_nothing_of_ours(name: str, seed: int) -> None:
    raw = sample(name).replace(TOKEN.encode(), b"0")
    assert taken(mutated(raw, seed)).token != TOKEN


AUTOMATIC_SAMPLES = [name for name in NAMES if taken(sample(name)).kind in AUTOMATIC]


@pytest.mark.parametrize("name", AUTOMATIC_SAMPLES)
@given(body=st.text(max_size=400))
@looks_at(30)
def test_whatever_an_automatic_mail_says_it_answers_nothing(name: str, body: str) -> None:
    head, _, _ = sample(name).partition(b"\n\n")
    reading = taken(head + b"\n\nACK\n" + body.encode("utf-8", "replace"))
    assert (reading.response, reading.text) == (None, "")


@given(st.text(max_size=600))
@looks_at(400)
def test_any_text_is_read_and_what_is_quoted_says_nothing(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    assert above_the_quote(quoted) == ""
    assert taken(letter(f"On 16/03/2026, Council wrote:\n{quoted}\n> ACK")).response is None


@given(st.text(max_size=600))
@looks_at(300)
def test_any_html_is_read_and_what_is_quoted_says_nothing(text: str) -> None:
    visible_text(text)
    plain = text.replace("<", "").replace("&", "")
    assert visible_text(f"<p>Help</p><blockquote>{plain}</blockquote>") == "Help"


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16"]), st.sampled_from(["base64", "quoted-printable"]))
@looks_at(300)
def test_an_honest_mail_answers_whatever_is_said_below_it(text: str, charset: str, encoding: str) -> None:
    message = EmailMessage()
    for name in HEAD:
        message[name] = HEAD[name]
    message.set_content(f"ack 2\n\n. {text}".encode("utf-8", "replace").decode(), charset=charset, cte=encoding)
    reading = taken(message.as_bytes())
    assert (reading.response, reading.number, reading.token, reading.trusted) == (Answer.ACKNOWLEDGED, 2, TOKEN, True)
