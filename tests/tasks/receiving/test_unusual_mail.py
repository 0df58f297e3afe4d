"""Test mails that are no plain answer: of calendars, of machines, broken, too large, or forged."""

import pytest

from tasks.catcher.mailbox import OpenedMail
from tasks.reading import bounded
from tasks.reading.bounded import LARGEST_MAIL
from tasks.reading.reading_process import ReadingProcess
from tests.harness import World, header, snapshot
from tests.support.stated import people, variant
from tests.tasks.receiving.taken_in import (
    CASES,
    HEAD,
    HELD,
    IGNORED,
    OFFICER,
    RECORDED,
    invited,
    posts,
    responses,
    taken,
    world,
)
from tests.tasks.replying import TENANT, automatic, bounce, reply, replying
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer

__all__ = ["world"]


def test_a_mail_that_breaks_its_reader_is_held_and_the_next_is_recorded(
    world: World, mail: OpenedMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    misled = ReadingProcess("tests.tasks.reading.stuck_worker")
    monkeypatch.setattr(bounded, "_reader", misled)
    raw = reply(mail, "Ack\n\ndie", by=OFFICER)
    result = taken(world, raw)
    assert (result.state, result.why) == (HELD, bounded.TOO_MUCH)
    assert not taken(world, raw).new
    assert [item.sender for item in world.store.inbound.held()] == [OFFICER]
    assert world.mails(to="performance_lead") == []
    assert taken(world, reply(mail, "Ack", by=OFFICER)).state is RECORDED
    misled.stop()


@pytest.mark.parametrize(("partstat", "state"), [("ACCEPTED", IGNORED), ("TENTATIVE", IGNORED), ("DECLINED", HELD)])
def test_an_answer_to_an_invitation_answers_no_task(
    world: World, mail: OpenedMail, partstat: str, state: InboundState
) -> None:
    assert taken(world, invited(mail, partstat, "a-meeting")).state is state
    assert responses(world) == ()
    asked = world.mails(to="performance_lead", about="cannot make this time")
    assert len(asked) == (partstat == "DECLINED")
    taken(world, invited(mail, partstat, "a-meeting"))
    assert len(world.mails(about="cannot make this time")) == len(asked)
    world.at("Wed 28 Aug 2019 09:40").deliver()
    world.expect_no_mail(to="head_of_quality_assurance")


def test_accepting_the_entry_of_the_task_itself_acknowledges_it(world: World, mail: OpenedMail) -> None:
    from timeline.ical.entries import uid

    assert taken(world, invited(mail, "ACCEPTED", uid("medway", CASES))).state is RECORDED
    assert [response.answer for response in responses(world)] == [Answer.ACKNOWLEDGED]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"From:", b"Auto-Submitted: auto-generated\r\nFrom:", "by itself"),
        (b"mailto:performance.lead@", b"mailto:p.lead@", "is not its sender"),
        (b"METHOD:REPLY", b"METHOD:COUNTER", "another time"),
        (b"PARTSTAT=ACCEPTED", b"PARTSTAT=DELEGATED", "passed on"),
    ],
)
def test_a_calendars_answer_that_is_not_plainly_the_persons_is_held_and_answered_with_the_link(
    world: World, mail: OpenedMail, old: bytes, new: bytes, why: str
) -> None:
    from timeline.ical.entries import uid

    raw = invited(mail, "ACCEPTED", uid("medway", CASES)).replace(old, new, 1)
    result = taken(world, raw)
    assert (result.state, why in result.why) == (HELD, True)
    assert responses(world) == ()
    world.expect_mail(to="performance_lead", about="please answer once more")


@pytest.mark.parametrize(
    ("words", "written", "state"),
    [
        ("Received, thank you", "08:30:20", HELD),
        ("Received, thank you", "08:29:40", HELD),
        ("Acknowledged", "08:31:10", HELD),
        ("Derbyniwyd, diolch", "08:30:59", HELD),
        ("Received, thank you", "08:33:00", RECORDED),
        ("Ack", "08:30:20", RECORDED),
        ("Will do", "08:30:20", RECORDED),
    ],
)
def test_received_right_after_our_mail_is_a_machines_and_waits_for_a_person(
    world: World, mail: OpenedMail, words: str, written: str, state: InboundState
) -> None:
    raw = reply(mail, words, by=OFFICER, Date=f"Wed, 28 Aug 2019 {written} +0100")
    assert taken(world, raw).state is state
    if state is HELD:
        world.expect_mail(to="performance_lead", about="please answer once more")


@pytest.mark.parametrize(("words", "state"), [("Received, thank you", HELD), ("Ack", RECORDED), ("yes", RECORDED)])
def test_received_from_a_shared_mailbox_waits_for_a_person(
    world: World, mail: OpenedMail, words: str, state: InboundState
) -> None:
    """Test that several people read it, and it may answer by itself at any hour."""
    lead = {"name": "Performance Lead", "address": OFFICER, "holds": "performance_lead", "shared": True}
    world.apply(variant(world.home, posts=posts(), people=people(performance_lead=lead)))
    result = taken(world, reply(mail, words, by=OFFICER, Date="Wed, 28 Aug 2019 09:11:00 +0100"))
    assert (result.state, "shared mailbox" in result.why) == (state, state is HELD)


@pytest.mark.parametrize(
    "octets",
    [
        b"<caf\xe9.1@medway.example>",
        b"<caf\xc3\xa9@x>",
        b"\xff\xfe",
        b"<a\x00b@x>",
        b"<a b@x>",
        b"<\xf0\x9f\x91\x8d@x>",
    ],
)
def test_a_message_id_that_no_header_may_have_keeps_no_answer_out(
    world: World, mail: OpenedMail, octets: bytes
) -> None:
    raw = reply(mail, "Ack", by=OFFICER, Message_ID="MESSAGE").replace(b"MESSAGE", octets)
    assert taken(world, raw).state is RECORDED
    assert not taken(world, raw).new
    assert header(world.expect_mail(to="performance_lead").raw, "Subject")


@pytest.mark.parametrize("octet", [b"\xe9", b"\x00", b"\xff\xfe", b"\xed\xa0\x80"])
@pytest.mark.parametrize("name", [b"From: Somebody", b"Subject: Re: ", b"In-Reply-To: ", b"To: "])
def test_an_octet_that_no_header_may_have_loses_no_mail(
    world: World, mail: OpenedMail, name: bytes, octet: bytes
) -> None:
    assert taken(world, reply(mail, "What is this?", by=OFFICER).replace(name, name + octet, 1)).state is HELD


def test_of_a_mail_that_is_too_large_only_the_head_is_read(world: World, mail: OpenedMail) -> None:
    raw = reply(mail, "Ack", by=OFFICER) + b"x" * LARGEST_MAIL
    assert taken(world, raw).state is HELD
    assert responses(world) == ()
    world.expect_mail(to="performance_lead", about="please answer once more")


NAMELESS = "spf=pass smtp.mailfrom=medway.example; dmarc=pass header.from=medway.example"


@pytest.mark.parametrize(
    ("changes", "trusted"), [({}, False), ({"mail_tenant": TENANT}, True), ({"imap_client_id": TENANT}, True)]
)
def test_only_exchange_online_vouches_without_a_name(
    world: World, mail: OpenedMail, changes: dict[str, str], trusted: bool
) -> None:
    replying(world, mail_authserv="", **changes)
    taken(world, reply(mail, "ack", by=OFFICER, Authentication_Results=NAMELESS))
    assert (bool(responses(world))) is trusted


def test_a_forged_mail_under_the_same_message_id_does_not_keep_the_true_one_out(world: World, mail: OpenedMail) -> None:
    same = "<one@medway.example>"
    assert taken(world, reply(mail, "ACK", by=OFFICER, proved=False, Message_ID=same)).state is HELD
    assert taken(world, reply(mail, "Ack", by=OFFICER, Message_ID=same)).state is RECORDED


def test_receipts_leave_at_any_hour_but_not_while_sending_is_stopped(world: World, mail: OpenedMail) -> None:
    world.at("Sat 31 Aug 2019 23:10")
    taken(world, reply(mail, "Ack", by=OFFICER))
    world.expect_mail(to="performance_lead", about="recorded, you have this")
    world.store.outbox.stop(at=world.now, who="lead", reason="A storm")
    taken(world, reply(mail, "Done https://medway.example/x", by=OFFICER))
    world.expect_no_mail(about="recorded as done")
    world.store.outbox.resume(at=world.now, who="lead", reason="It is over")
    world.at("Mon 2 Sep 2019 08:10").deliver()
    world.expect_mail(to="performance_lead", about="recorded as done")


def test_every_mail_leaves_one_row_and_the_chain_holds(world: World, mail: OpenedMail) -> None:
    mails = [
        reply(mail, "Ack", by=OFFICER),
        reply(mail, "Hm", by=OFFICER),
        reply(mail, "Ack", by=HEAD),
        automatic(mail, "Away until 6 September 2019", by=OFFICER),
        bounce(mail, HEAD),
        b"\x00\xff broken",
    ]
    for raw in mails:
        taken(world, raw)
    assert len(snapshot(world.store)["inbound"]) == len(mails)
    said = [
        audit_event.what
        for audit_event in world.store.audit.events()
        if audit_event.what.startswith("message ") and audit_event.via == "mail"
    ]
    assert len([each for each in said if each.split()[1] in ("recorded", "held", "ignored")]) == len(mails)
    assert world.store.audit.verify() is None
