"""Test the mail catcher: what comes in stays, every time, and can be read."""

import errno
import mailbox
import os
import smtplib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.catcher.catcher import Catcher, NoSuchMail, PortTaken, caught, read
from tasks.channels.receipt import SendOutcome, Stage
from tasks.channels.smtp.plugin import build, close_connections, send
from tests.tasks.smtp_servers import A_MAIL, a_mail


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "mail"


@pytest.fixture
def catcher(folder: Path) -> Iterator[Catcher]:
    with Catcher(folder, "127.0.0.1", 0) as running:
        yield running
        close_connections()


# As long as the lines of an attachment.
LINE = "0123456789abcdef" * 4 + "0123456789\n"


def url(catcher: Catcher) -> str:
    return f"daymarkmail://127.0.0.1:{catcher.port}/"


def put(folder: Path, name: str, content: bytes, part: str = "new") -> None:
    (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / part / name).write_bytes(content)


def test_a_caught_mail_stands_in_the_list(catcher: Catcher) -> None:
    assert send(url(catcher), A_MAIL).outcome is SendOutcome.ACCEPTED
    (mail,) = caught(catcher.folder)
    assert mail.date == datetime(2019, 11, 14, 8, 30, tzinfo=UTC)
    assert mail.from_ == '"Improvement programme: Medway" <improvement@council.gov.example>'
    assert mail.to == "Seán O'Brien <sean.o'brien@council.gov.example>"
    assert mail.subject == "Improvement programme: the action plan — sign-off"
    assert mail.envelope_from == "reminders+abcd2345efgh6789@council.gov.example"
    assert mail.envelope_to == ("sean.o'brien@council.gov.example",)


def test_an_opened_mail_has_its_parts_its_headers_and_its_octets(catcher: Catcher) -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    mail = a_mail(calendar=calendar)
    send(url(catcher), mail)
    opened = read(catcher.folder, caught(catcher.folder)[0].id)
    assert opened.text.replace("\r\n", "\n") == mail.text
    assert opened.html.replace("\r\n", "\n") == mail.html
    assert opened.calendar == calendar
    assert opened.subject == mail.subject
    assert opened.headers[0] == ("X-Envelope-From", mail.envelope_from)
    assert opened.headers[1] == ("X-Envelope-To", mail.to_address)
    assert ("Message-ID", mail.message_id) in opened.headers
    assert opened.raw.endswith(build(mail))


def test_the_same_mail_twice_lies_there_twice(catcher: Catcher) -> None:
    for _ in range(2):
        send(url(catcher), A_MAIL)
    first, second = (read(catcher.folder, mail.id) for mail in caught(catcher.folder))
    assert first.id != second.id
    assert first.raw == second.raw


def test_the_last_to_arrive_comes_first(catcher: Catcher) -> None:
    for number in range(12):
        send(url(catcher), a_mail(subject=f"Mail {number}"))
    assert [mail.subject for mail in caught(catcher.folder)] == [f"Mail {n}" for n in reversed(range(12))]
    assert [mail.subject for mail in caught(catcher.folder, limit=2)] == ["Mail 11", "Mail 10"]


def test_mails_survive_a_restart_keep_their_ids_and_lose_nothing_to_newcomers(folder: Path) -> None:
    with Catcher(folder, "127.0.0.1", 0) as first:
        send(url(first), a_mail(subject="before"))
        port = first.port
    before = caught(folder)
    with Catcher(folder, "127.0.0.1", port) as second:
        # The kept line died with the first catcher; this mail must still arrive, and once.
        assert send(url(second), a_mail(subject="after")).outcome is SendOutcome.ACCEPTED
    after = caught(folder)
    assert [mail.subject for mail in after] == ["after", "before"]
    assert after[1:] == before


def test_many_senders_at_once_lose_nothing(catcher: Catcher) -> None:
    mails = [a_mail(subject=f"Mail {number}") for number in range(80)]
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(lambda mail: send(url(catcher), mail), mails))
    assert {receipt.outcome for receipt in receipts} == {SendOutcome.ACCEPTED}
    assert {mail.subject for mail in caught(catcher.folder)} == {mail.subject for mail in mails}


def test_two_catchers_on_one_folder_overwrite_nothing(folder: Path) -> None:
    with Catcher(folder, "127.0.0.1", 0) as given, Catcher(folder, "127.0.0.1", 0) as other:
        for catcher in (given, other, given, other):
            assert send(url(catcher), A_MAIL).outcome is SendOutcome.ACCEPTED
        close_connections()
    assert len(caught(folder)) == 4


def test_a_mail_left_unfinished_by_a_crash_is_in_nobodys_way(folder: Path) -> None:
    put(folder, "00000001", b"X-Envelope-From: half a he", part="tmp")
    with Catcher(folder, "127.0.0.1", 0) as catcher:
        assert send(url(catcher), A_MAIL).outcome is SendOutcome.ACCEPTED
        close_connections()
    assert [mail.id for mail in caught(folder)] == ["00000002"]


def test_every_recipient_of_one_envelope_is_kept(catcher: Catcher) -> None:
    recipients = ["director@council.gov.example", "sean.o'brien@council.gov.example"]
    with smtplib.SMTP("127.0.0.1", catcher.port, local_hostname="localhost") as client:
        client.sendmail("", recipients, b"Subject: for two\r\nX-Envelope-To: nobody@b.example\r\n\r\nhello\r\n")
    (mail,) = caught(catcher.folder)
    assert mail.envelope_to == tuple(recipients)
    assert mail.envelope_from == "<>"


@pytest.mark.slow("hands over a mail of 20 MB")
def test_a_20_mb_mail_is_kept(catcher: Catcher) -> None:
    receipt = send(url(catcher), a_mail(text=LINE * 270_000, html=""))
    assert receipt.outcome is SendOutcome.ACCEPTED
    assert len(read(catcher.folder, caught(catcher.folder)[0].id).raw) > 20_000_000


@pytest.mark.slow("hands over a mail of 35 MB")
def test_a_mail_above_35_mb_is_refused(catcher: Catcher) -> None:
    receipt = send(url(catcher), a_mail(text=LINE * 500_000, html=""))
    assert (receipt.outcome, receipt.stage, receipt.code) == (SendOutcome.REFUSED, Stage.DATA, 552)
    assert caught(catcher.folder) == []


def test_when_the_disk_refuses_the_sender_is_asked_to_come_again(catcher: Catcher) -> None:
    new = catcher.folder / "new"
    new.rename(catcher.folder / "away")
    receipt = send(url(catcher), A_MAIL)
    assert (receipt.outcome, receipt.code, receipt.enhanced) == (SendOutcome.REFUSED, 451, "4.3.0")
    assert receipt.retryable
    assert list((catcher.folder / "tmp").iterdir()) == []
    (catcher.folder / "away").rename(new)
    assert send(url(catcher), A_MAIL).outcome is SendOutcome.ACCEPTED
    assert len(caught(catcher.folder)) == 1


def test_no_mail_is_taken_before_it_is_on_the_disk(catcher: Catcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    receipt = send(url(catcher), A_MAIL)
    assert (receipt.code, receipt.text) == (451, "The mail could not be kept: No space left on device")
    assert caught(catcher.folder) == []


def test_it_is_a_maildir_that_others_can_read(catcher: Catcher) -> None:
    send(url(catcher), A_MAIL)
    box = mailbox.Maildir(catcher.folder, create=False)
    (key, message), *others = box.iteritems()
    assert others == []
    assert message["Message-ID"] == A_MAIL.message_id
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message
    (mail,) = caught(catcher.folder)
    assert mail.id == key
    assert read(catcher.folder, mail.id).subject == A_MAIL.subject


def test_a_taken_port_is_told_at_once_in_one_sentence(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            Catcher(folder, "127.0.0.1", port).start()
    assert str(refused.value) == (
        f"The mail catcher cannot listen on 127.0.0.1 port {port} (Address already in use): "
        "stop what uses that port, or set DAYMARK_SMTP_PORT to a free one."
    )


def test_stopping_twice_and_starting_again_is_allowed(folder: Path) -> None:
    catcher = Catcher(folder, "127.0.0.1", 0)
    catcher.stop()
    catcher.start()
    catcher.stop()
    catcher.stop()
    with catcher:
        assert send(url(catcher), A_MAIL).outcome is SendOutcome.ACCEPTED


@pytest.mark.parametrize(
    "mail_id",
    ["", ".", "..", "../../secret", "/etc/passwd", "00000001/../00000001", "0000000１", "00000099", "-0000001", "1"],
)
def test_an_id_that_names_no_mail_opens_nothing(folder: Path, mail_id: str) -> None:
    put(folder, "00000001", b"Subject: one\n\n")
    put(folder.parent, "secret", b"Subject: secret\n\n", part=".")
    with pytest.raises(NoSuchMail):
        read(folder, mail_id)


def test_a_folder_that_is_not_there_yet_holds_nothing(folder: Path) -> None:
    assert caught(folder) == []


def test_unfinished_mails_and_strange_files_are_not_listed(folder: Path) -> None:
    put(folder, "00000001", b"Subject: half", part="tmp")
    put(folder, ".nfs0001", b"Subject: strange\n\n")
    put(folder, "note.txt", b"Subject: strange\n\n")
    assert caught(folder) == []


def test_other_mails_under_the_same_number_are_read_anew(folder: Path) -> None:
    put(folder, "00000001", b"Subject: yesterday\n\n")
    assert caught(folder)[0].subject == "yesterday"
    put(folder, "00000001", b"Subject: today\n\n")
    assert caught(folder)[0].subject == "today"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n\r\n",
        b"no header at all",
        b"Date: nonsense\r\nSubject: =?no-such-charset?q?x?=\r\nTo: =?utf-8?b?!!!?=\r\n\r\nbody",
        b"Date: Thu, 99 Nov 2019 08:30:00 +0000\r\nSubject: \xff\xfe raw\r\n\r\nbody",
        b'Content-Type: text/plain; charset="no-such"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!',
        b"Content-Type: multipart/alternative\r\n\r\n--x\r\n\r\nlost\r\n",
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfe",
    ],
)
def test_a_damaged_mail_can_be_listed_and_opened(folder: Path, content: bytes) -> None:
    put(folder, "00000001", content)
    (mail,) = caught(folder)
    assert mail.date is None
    assert read(folder, mail.id).raw == content
