"""Test the pictures of a mail: stored within its HTML, sent as parts that the HTML names."""

from base64 import b64encode
from email.message import EmailMessage

from tasks.catcher.pictures import with_pictures
from tasks.channels.smtp.plugin import build
from tests.tasks.channels.smtp.test_mail_build import part, read
from tests.tasks.smtp_servers import a_mail
from timeline.replies.mail import ParsedMail

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
STORED = f'<p>Dear Sam,</p>\n<img src="data:image/png;base64,{b64encode(PNG).decode()}" width="480" alt="2 red">\n'
PICTURED = a_mail(html=STORED, calendar="BEGIN:VCALENDAR\nEND:VCALENDAR\n")


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.iter_parts()]


def test_a_picture_is_a_part_that_the_html_names_and_no_alternative_of_its_own() -> None:
    octets = build(PICTURED)
    message = read(octets)
    assert kinds(message) == ["text/plain", "multipart/related", "text/calendar"]
    together = list(message.iter_parts())[1]
    assert isinstance(together, EmailMessage)
    assert (kinds(together), together.get_param("type")) == (["text/html", "image/png"], "text/html")
    html, picture = together.iter_parts()
    name = picture["Content-ID"].strip("<>")
    assert f'<img src="cid:{name}" width="480" alt="2 red">' in str(html.get_content())
    assert name.endswith("@council.gov.example")
    assert (picture.get_payload(decode=True), picture.get_content_disposition()) == (PNG, "inline")
    assert b"data:image" not in octets
    assert max(map(len, octets.split(b"\r\n"))) <= 998


def test_a_mail_with_a_picture_built_twice_is_the_same_to_the_byte() -> None:
    assert build(PICTURED) == build(a_mail(html=STORED, calendar=PICTURED.calendar))


def test_the_same_picture_twice_is_one_part_and_another_name_than_another_picture() -> None:
    twice = read(build(a_mail(html=STORED + STORED)))
    assert [part.get_content_type() for part in twice.walk()].count("image/png") == 1
    other = STORED.replace(b64encode(PNG).decode(), b64encode(PNG[:-1]).decode())
    both = [part["Content-ID"] for part in read(build(a_mail(html=STORED + other))).walk() if part["Content-ID"]]
    assert len(set(both)) == 2


def test_words_that_look_like_a_picture_are_words() -> None:
    typed = "<p> src=&#34;data:image/png;base64,AAAA&#34; and data:image/png;base64,AAAA</p>"
    message = read(build(a_mail(html=typed)))
    assert kinds(message) == ["text/plain", "text/html"]
    assert typed in part(message, "html")


def test_the_catcher_shows_the_mail_with_its_pictures() -> None:
    mail = ParsedMail(build(PICTURED))
    assert with_pictures(next(mail.texts("text/html")), mail).replace("\r", "") == STORED
    assert with_pictures('<img src="cid:elsewhere@a.example">', mail) == '<img src="cid:elsewhere@a.example">'
