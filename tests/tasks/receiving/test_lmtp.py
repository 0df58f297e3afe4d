"""Test answers that a mail server hands over: 250 is said only when they are kept."""

import smtplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from tasks.catcher.mailbox import OpenedMail
from tasks.processes.listening import PortTaken
from tasks.receiving import lmtp
from tasks.receiving.lmtp import Receiver
from tests.harness import World, snapshot
from tests.tasks.receiving.handed_over import OFFICER, answers, eventually, plus, rename, world
from tests.tasks.replying import TENANT, reply, replying
from timeline.answers.responses import Answer

__all__ = ["world"]


@pytest.fixture
def door(world: World) -> Iterator[Receiver]:
    with Receiver(world.settings) as receiver:
        yield receiver


@pytest.mark.parametrize(
    ("peers", "heard"),
    [("127.0.0.0/8,::1", True), ("127.0.0.1", True), ("192.0.2.0/24", False), ("::1", False)],
)
def test_only_the_peers_of_the_settings_are_heard(world: World, mail: OpenedMail, peers: str, heard: bool) -> None:
    with Receiver(world.settings.model_copy(update={"lmtp_peers": peers})) as door:
        if heard:
            assert hand_over(door, reply(mail, "Ack", by=OFFICER), plus(mail)) == {}
        else:
            with pytest.raises((OSError, smtplib.SMTPServerDisconnected)):
                hand_over(door, reply(mail, "Ack", by=OFFICER), plus(mail))
    assert answers(world) == ([Answer.ACKNOWLEDGED] if heard else [])


@pytest.mark.parametrize(
    ("peer", "heard"), [("198.51.100.7", True), ("::ffff:198.51.100.7", True), ("fe80::1%eth0", True), ("::2", False)]
)
def test_a_peer_is_known_in_each_of_its_spellings(peer: str, heard: bool) -> None:
    settings = Settings.given(lmtp_peers="198.51.100.0/24, fe80::/10")
    assert lmtp._Door(settings).hears(peer) is heard


def test_lmtp_has_a_bind_of_its_own(world: World) -> None:
    with Receiver(world.settings.model_copy(update={"bind": "192.0.2.1", "lmtp_bind": "127.0.0.1"})) as door:
        assert door.port


def hand_over(door: Receiver, raw: bytes, *to: str, by: str = OFFICER) -> dict[str, tuple[int, bytes]]:
    with smtplib.LMTP("127.0.0.1", door.port) as client:
        refused: dict[str, tuple[int, bytes]] = client.sendmail(by, to, raw)
        return refused


@pytest.mark.parametrize("kind", [smtplib.LMTP, smtplib.SMTP])
def test_an_answer_is_recorded_when_it_is_accepted_and_its_receipt_leaves(
    world: World, mail: OpenedMail, door: Receiver, kind: Any
) -> None:
    with kind("127.0.0.1", door.port) as client:
        client.sendmail(OFFICER, [plus(mail)], reply(mail, "Ack", by=OFFICER))
        assert answers(world) == [Answer.ACKNOWLEDGED]
    eventually(lambda: world.mails(to="performance_lead", about="recorded, you have this"))


def test_the_envelope_alone_carries_the_token(world: World, mail: OpenedMail, door: Receiver) -> None:
    raw = reply(mail, "", by=OFFICER, To="Reminders", In_Reply_To=None, Subject="Re:")
    hand_over(door, raw.split(b"\r\n\r\n")[0] + b"\r\n\r\nAck\r\n", plus(mail))
    assert answers(world) == [Answer.ACKNOWLEDGED]


def test_each_recipient_of_an_lmtp_client_has_an_answer(world: World, mail: OpenedMail, door: Receiver) -> None:
    with smtplib.LMTP("127.0.0.1", door.port) as client:
        client.ehlo_or_helo_if_needed()
        client.mail(OFFICER)
        for address in (plus(mail), "reminders@daymark.example"):
            assert client.rcpt(address)[0] == 250
        # Python's own client reads the first answer only (RFC 2033, 4.2).
        said = [client.data(reply(mail, "Ack", by=OFFICER)), client.getreply(), client.noop()]
    assert [text for _, text in said] == [b"2.0.0 Recorded", b"2.0.0 Recorded", b"OK"]
    assert answers(world) == [Answer.ACKNOWLEDGED]


def test_what_is_handed_over_without_a_servers_name_proves_nobody(world: World, mail: OpenedMail) -> None:
    """Test that even where the tenant's own mail is believed: this door is not the tenant's."""
    inside: dict[str, Any] = {"X_MS_Exchange_Organization_AuthAs": "Internal", "X_MS_Exchange_CrossTenant_Id": TENANT}
    nameless: dict[str, Any] = {"Authentication_Results": "dmarc=pass header.from=medway.example"}
    replying(world, mail_authserv="", mail_tenant=TENANT)
    with Receiver(world.settings) as door:
        for headers in (inside, nameless):
            hand_over(door, reply(mail, "ack", by=OFFICER, **headers), plus(mail))
    assert answers(world) == []
    assert len(world.store.inbound.held()) == 2


@pytest.mark.parametrize(
    "address",
    [
        "somebody@daymark.example",
        "reminders@elsewhere.example",
        "reminders+abc@elsewhere.example",
        "remindersx@daymark.example",
        "reminders+a.b@daymark.example",
    ],
)
def test_other_mailboxes_are_refused(door: Receiver, address: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        hand_over(door, b"Subject: x\r\n\r\nx\r\n", address)
    assert [code for code, _ in refused.value.recipients.values()] == [550]


def test_a_database_error_asks_to_try_again_and_nothing_is_lost_or_doubled(
    world: World, mail: OpenedMail, door: Receiver
) -> None:
    raw = reply(mail, "Ack", by=OFFICER)
    rename(world, "inbound", "away")
    with pytest.raises(smtplib.SMTPDataError) as later:
        hand_over(door, raw, plus(mail))
    assert later.value.smtp_code == 451
    rename(world, "away", "inbound")
    assert answers(world) == []
    hand_over(door, raw, plus(mail))
    hand_over(door, raw, plus(mail))
    assert answers(world) == [Answer.ACKNOWLEDGED]
    assert len(snapshot(world.store)["inbound"]) == 1


def test_before_anything_is_applied_mail_waits_where_it_is(tmp_path: Path) -> None:
    with World(tmp_path) as world, Receiver(world.settings) as door, pytest.raises(smtplib.SMTPDataError) as later:
        hand_over(door, b"Subject: early\r\n\r\nAck\r\n", "reminders@daymark.example")
    assert later.value.smtp_code == 451


def test_a_mail_that_is_too_large_is_refused(door: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtplib.LMTP("127.0.0.1", door.port) as client:
        client.ehlo_or_helo_if_needed()
        assert int(client.esmtp_features["size"]) == lmtp._LARGEST_MAIL
        code, _ = client.mail(OFFICER, [f"size={lmtp._LARGEST_MAIL + 1}"])
    assert code == 552


def test_a_port_that_is_taken_is_one_sentence(world: World, door: Receiver) -> None:
    taken = world.settings.model_copy(update={"lmtp_port": door.port})
    with pytest.raises(PortTaken, match=f"The LMTP server cannot listen on 127.0.0.1 port {door.port} .*DAYMARK_LMTP"):
        Receiver(taken).start()
