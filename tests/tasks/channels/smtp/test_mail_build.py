"""Test the bytes of a mail."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.channels.smtp.headers import clean
from tasks.channels.smtp.plugin import build
from tests.tasks.smtp_servers import A_MAIL, a_mail

TEXTS = st.text(max_size=300)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Type",
    "MIME-Version",
]


def read(octets: bytes) -> EmailMessage:
    message = message_from_bytes(octets, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def display_name(octets: bytes) -> str:
    # The newer reader of the standard library puts a space between two encoded words of a name (RFC 2047 says
    # there is none), so names are read with the older one.
    name, _ = parseaddr(message_from_bytes(octets)["To"])
    return str(make_header(decode_header(name)))


def part(message: EmailMessage, kind: str) -> str:
    given = next(part for part in message.walk() if part.get_content_type() == f"text/{kind}")
    assert isinstance(given, EmailMessage)
    return str(given.get_content()).replace("\r\n", "\n")


def test_the_headers_are_those_that_the_design_names() -> None:
    message = read(build(A_MAIL))
    assert message.keys() == HEADERS
    assert message["From"].addresses[0].display_name == "Improvement programme: Medway"
    assert message["From"].addresses[0].addr_spec == "improvement@council.gov.example"
    assert message["To"].addresses[0].display_name == "Seán O'Brien"
    assert message["To"].addresses[0].addr_spec == "sean.o'brien@council.gov.example"
    assert message["Subject"] == "Improvement programme: the action plan — sign-off"
    assert message["Date"] == "Thu, 14 Nov 2019 08:30:00 +0000"
    assert message["Message-ID"] == "<r.abcd2345efgh6789.0@council.gov.example>"
    assert message["Reply-To"] == "reminders+abcd2345efgh6789@council.gov.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "DR, RN, NRN, AutoReply"


def test_text_and_html_are_alternatives_plain_first() -> None:
    message = read(build(A_MAIL))
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert part(message, "plain") == A_MAIL.text
    assert part(message, "html") == A_MAIL.html


@pytest.mark.parametrize(("method", "expected"), [("REQUEST", "REQUEST"), ("cancel", "CANCEL"), ("", "REQUEST")])
def test_an_invitation_is_the_third_alternative_with_its_method(method: str, expected: str) -> None:
    calendar = (
        f"BEGIN:VCALENDAR\r\n{f'METHOD:{method}' if method else 'VERSION:2.0'}\r\nSUMMARY:Séance\r\nEND:VCALENDAR\r\n"
    )
    message = read(build(a_mail(calendar=calendar)))
    invitation = list(message.iter_parts())[2]
    assert isinstance(invitation, EmailMessage)
    assert invitation.get_content_type() == "text/calendar"
    assert invitation.get_param("method") == expected
    assert invitation.get_payload(decode=True) == calendar.encode()


def test_a_mail_built_twice_is_the_same_to_the_byte() -> None:
    mail = a_mail(calendar="BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert build(mail) == build(a_mail(calendar=mail.calendar))


@pytest.mark.parametrize(
    "ending", ["\nBcc: x@y.example", "\r\n\r\nAll is well", "\rTo: x@y.example", "\x00\x0b\x85\u2028x"]
)
def test_a_subject_or_name_cannot_break_out_of_its_header(ending: str) -> None:
    octets = build(a_mail(subject=f"Plan{ending}", to_name=f"Sean{ending}", from_=f"Us{ending} <a@b.example>"))
    message = read(octets)
    assert message.keys() == HEADERS
    assert message["Subject"] == clean(f"Plan{ending}")
    assert part(message, "plain") == A_MAIL.text


def test_a_header_of_ours_may_be_replaced_and_others_added() -> None:
    given = (("X-Auto-Response-Suppress", "All"), ("In-Reply-To", "<1@b.example>"), ("X-Note", "grüße"))
    message = read(build(a_mail(headers=given)))
    assert message.get_all("X-Auto-Response-Suppress") == ["All"]
    assert message["In-Reply-To"] == "<1@b.example>"
    assert message["X-Note"] == "grüße"
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "change",
    [
        {"headers": (("Message-ID", "<2@b.example>"),)},
        {"headers": (("bcc", "x@y.example"),)},
        {"headers": (("Content-Type", "text/plain"),)},
        {"headers": (("X-Note", "1"), ("x-note", "2"))},
        {"headers": (("X-Note: 1\r\nBcc", "x@y.example"),)},
        {"to_address": "seán@council.gov.example"},
        {"to_address": "sean@straße.example"},
        {"to_address": "sean o'brien@council.gov.example"},
        {"to_address": "a@b.example, c@d.example"},
        {"to_address": "Sean <a@b.example>"},
        {"to_address": "a@b.example> NOTIFY=NEVER"},
        {"to_address": "a@b.example\r\nRCPT TO:<c@d.example>"},
        {"to_address": "sean"},
        {"to_address": ""},
        {"to_address": "x" * 250 + "@b.example"},
        {"envelope_from": "Us <a@b.example>"},
        {"from_": "Us"},
        {"reply_to": "Us <>"},
        {"message_id": "r.abcd@b.example"},
        {"message_id": "<r.abcd@b.example>\r\nBcc: x@y.example"},
        {"date": datetime(2019, 11, 14, 8, 30)},  # noqa: DTZ001 (without a zone is the fault)
    ],
)
def test_what_smtp_or_the_law_of_headers_cannot_carry_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        build(a_mail(**change))


@pytest.mark.parametrize(
    "name", ["Improvement programme: Medway", 'The "Board", all', "O'Brien, Seán", "a\\b", "=?x?="]
)
def test_any_name_stands_beside_its_address(name: str) -> None:
    message = read(build(a_mail(to_name=name, from_=f"{name} <a@b.example>")))
    assert message["To"].addresses[0].display_name == name
    assert message["To"].addresses[0].addr_spec == A_MAIL.to_address
    assert message["From"].addresses[0].addr_spec == "a@b.example"


@given(subject=TEXTS, name=TEXTS, text=TEXTS, html=TEXTS)
def test_whatever_is_written_arrives_as_written(subject: str, name: str, text: str, html: str) -> None:
    octets = build(a_mail(subject=subject, to_name=name, text=text, html=f"<p>{html}</p>"))
    message = read(octets)
    assert message.keys() == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == [A_MAIL.to_address]
    assert display_name(octets) == clean(name)
    assert message["Subject"] == clean(subject)
    assert part(message, "plain") == text.replace("\r\n", "\n").replace("\r", "\n")
    assert part(message, "html") == f"<p>{html}</p>".replace("\r\n", "\n").replace("\r", "\n")


@given(words=st.text(alphabet=st.characters(codec="utf-8"), max_size=4000))
def test_lines_are_ascii_end_in_crlf_and_fit(words: str) -> None:
    octets = build(a_mail(subject=words, to_name=words, text=words, html=words, headers=(("X-Note", words),)))
    assert octets.endswith(b"\r\n")
    assert octets.isascii()
    lines = octets.split(b"\r\n")
    assert not any(re.search(rb"[\r\n\x00]", line) for line in lines)
    assert max(map(len, lines)) <= 998


def test_a_lone_surrogate_is_sent_as_a_question_mark() -> None:
    message = read(build(a_mail(text="half \ud83d", subject="half \ud83d!")))
    assert part(message, "plain") == "half ?"
    assert message["Subject"] == "half !"
