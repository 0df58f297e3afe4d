"""Test replies to caught mails, for which the catcher vouches."""

import smtplib

import pytest

from tasks.catcher.catcher import Catcher
from tasks.catcher.mailbox import OpenedMail, caught
from tasks.catcher.replies import CaughtReplies
from tests.harness import World, header, snapshot, tokens
from tests.tasks.receiving.handed_over import OFFICER, answers, eventually, plus, rename, world
from tests.tasks.replying import reply
from timeline.answers.responses import Answer

__all__ = ["world"]


# Replies to caught mails


def send(catcher: Catcher, raw: bytes, to: str, *, by: str = OFFICER) -> None:
    with smtplib.SMTP("127.0.0.1", catcher.port) as client:
        client.sendmail(by, [to], raw)


def test_a_reply_to_a_caught_mail_works(world: World, mail: OpenedMail) -> None:
    raw = reply(mail, "Ack", by=OFFICER, Authentication_Results=None)
    send(world.catcher, raw, plus(mail))
    assert answers(world) == [Answer.ACKNOWLEDGED]
    receipt = eventually(lambda: world.mails(to="performance_lead", about="recorded, you have this"))
    assert tokens(receipt) == tokens(mail)
    assert (
        len([caught_mail for caught_mail in caught(world.catcher.folder) if caught_mail.envelope_to == (plus(mail),)])
        == 1
    )


@pytest.mark.parametrize("fold", [" ", "\r\n "])
def test_the_catcher_believes_no_result_but_its_own(world: World, mail: OpenedMail, fold: str) -> None:
    forged = reply(mail, "Ack", by=OFFICER, Authentication_Results=None)
    for name in ("catcher.daymark.invalid", "mx.council.example"):
        result = f"Authentication-Results: {name}; dmarc=pass{fold}header.from=medway.example\r\n"
        raw = result.encode() + forged.replace(b"<answer.", f"<{name}.".encode())
        send(world.catcher, raw, plus(mail), by="somebody@elsewhere.example")
    assert answers(world) == []
    assert len(world.store.inbound.held()) == 2


def test_other_mail_is_caught_and_nothing_else(world: World, mail: OpenedMail) -> None:
    before = snapshot(world.store)
    send(world.catcher, b"From: a@b.example\r\n\r\nAck\r\n", "somebody@daymark.example")
    assert snapshot(world.store) == before


@pytest.mark.parametrize(
    "change",
    [{"bind": "0.0.0.0"}, {"mail_url": "daymarkmail://relay.council.example/"}],  # noqa: S104
)
def test_the_catcher_vouches_for_nobody_but_this_machine(
    world: World, mail: OpenedMail, change: dict[str, str]
) -> None:
    settings = world.settings.model_copy(update=change)
    with Catcher(world.home / "other", "127.0.0.1", 0, replies=CaughtReplies(settings)) as catcher:
        send(catcher, reply(mail, "Ack", by=OFFICER), plus(mail))
    assert answers(world) == []
    assert len(caught(world.home / "other")) == 1


def test_a_reply_that_cannot_be_recorded_is_not_kept_either(world: World, mail: OpenedMail) -> None:
    before = len(caught(world.catcher.folder))
    rename(world, "inbound", "away")
    with pytest.raises(smtplib.SMTPDataError):
        send(world.catcher, reply(mail, "Ack", by=OFFICER), plus(mail))
    rename(world, "away", "inbound")
    assert len(caught(world.catcher.folder)) == before


def test_a_receipt_goes_out_under_a_header_that_no_catcher_answers(world: World, mail: OpenedMail) -> None:
    send(world.catcher, reply(mail, "Ack", by=OFFICER, Message_ID="<x.1@medway.example>"), plus(mail))
    receipt = eventually(lambda: world.mails(to="performance_lead", about="recorded, you have this"))
    assert header(receipt.raw, "In-Reply-To") == "<x.1@medway.example>"
