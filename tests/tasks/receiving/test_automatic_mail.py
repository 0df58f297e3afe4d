"""Test what is made of automatic replies, and of mail systems' letters about our own mails."""

import re

import pytest
from sqlalchemy import text as sql

from tasks.catcher.mailbox import OpenedMail
from tasks.council.run import CouncilRun
from tasks.links.secure_link import Links
from tests.harness import World, header, snapshot, tokens
from tests.tasks.receiving.taken_in import HEAD, HELD, IGNORED, OFFICER, RECORDED, responses, taken, words, world
from tests.tasks.replying import AUTHSERV, automatic, bounce, reply
from tests.timeline.literals import day
from timeline.answers.responses import Answer
from timeline.delivery.messages import new_message
from timeline.letters.page_views import DeadLink, Reply

__all__ = ["world"]


def test_an_automatic_reply_gives_the_days_of_an_absence_and_nothing_else(world: World, mail: OpenedMail) -> None:
    raw = automatic(mail, "ACK. I am in hospital, and away until Friday 6 September 2019.", by=OFFICER)
    assert taken(world, raw).state is RECORDED
    absences = world.timeline.directory.absences
    assert (absences[-1].from_on, absences[-1].until_on) == (day("Wed 28 Aug 2019"), day("Fri 6 Sep 2019"))
    assert "hospital" not in repr(snapshot(world.store))
    assert responses(world) == ()
    world.expect_no_mail(to="performance_lead")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("I am out of the office.", "pass"),
        ("I am away until 6 September 2019.", "fail"),
        ("I am away until 1 July 2019.", "pass"),
    ],
)
def test_an_automatic_reply_without_days_or_proof_is_ignored(
    world: World, mail: OpenedMail, text: str, result: str
) -> None:
    proof = f"{AUTHSERV}; dmarc={result} header.from=medway.example"
    assert taken(world, automatic(mail, text, by=OFFICER, Authentication_Results=proof)).state is IGNORED
    assert world.store.inbound.held() == ()
    assert len(snapshot(world.store)["heard_absence"]) == 0
    world.expect_no_mail()


def test_a_bounce_of_our_own_mail_is_believed_once_and_the_programme_lead_is_told(
    world: World, mail: OpenedMail
) -> None:
    assert taken(world, bounce(mail, OFFICER)).state is RECORDED
    assert taken(world, bounce(mail, OFFICER)).state is IGNORED
    world.deliver()
    world.deliver()
    (told,) = world.mails(to="improvement_programme_lead")
    assert OFFICER not in told.text
    assert [audit_event.what for audit_event in world.store.audit.events()].count("message bounced") == 1


def test_a_first_bounce_leaves_the_address_in_doubt_and_a_second_gives_it_up(world: World, mail: OpenedMail) -> None:
    assert taken(world, bounce(mail, OFFICER)).state is RECORDED
    assert world.store.outbox.dead_addresses() == ()
    (doubted,) = world.store.outbox.dead_addresses(doubted=True)
    world.at("Thu 29 Aug 2019 08:30").decide()
    message = new_message("probe", "notice", to=world.person("performance_lead"), subject="x", text="x", at=world.now)
    CouncilRun(world.store, world.settings, world.now).put_in_outbox(message)
    world.deliver()
    (second,) = [each for each in world.mails(to="performance_lead") if each.subject.startswith("x [ref:")]
    assert taken(world, bounce(second, OFFICER)).state is RECORDED
    assert [dead.way for dead in world.store.outbox.dead_addresses()] == [doubted.way]


@pytest.mark.parametrize("status", ["5.2.2", "4.4.7", "5.7.1", "5.0.0", "5.4.1"])
def test_a_full_mailbox_or_a_time_out_gives_no_address_up(world: World, mail: OpenedMail, status: str) -> None:
    assert taken(world, bounce(mail, OFFICER).replace(b"Status: 5.1.1", f"Status: {status}".encode())).state is RECORDED
    assert world.store.outbox.dead_addresses(doubted=True) == ()
    assert "message bounced" in {audit_event.what for audit_event in world.store.audit.events()}


def test_a_bounce_without_the_secret_of_the_envelope_waits_for_a_person(world: World, mail: OpenedMail) -> None:
    reply_to = re.search("[^<]*@[^>]*", header(mail.raw, "Reply-To"))
    assert reply_to
    forged = bounce(mail, OFFICER).replace(mail.envelope_from.encode(), reply_to[0].encode())
    assert taken(world, forged).state is HELD
    assert world.store.outbox.dead_addresses(doubted=True) == ()
    assert "message bounced" not in {audit_event.what for audit_event in world.store.audit.events()}


def test_what_a_bounce_carries_answers_nothing(world: World, mail: OpenedMail) -> None:
    raw = reply(mail, "Ack", by=OFFICER, To=mail.envelope_from)
    assert taken(world, raw).state is HELD
    assert responses(world) == ()


def test_the_token_of_a_page_answers_no_mail_and_the_token_of_a_reply_opens_no_page(
    world: World, mail: OpenedMail
) -> None:
    links, (page,) = Links(world.settings), tokens(mail)
    answered = mail.subject.partition("[ref:")[2].rstrip("]")
    envelope = mail.envelope_from.partition("+")[2].partition("@")[0]
    assert len({page, answered, envelope}) == 3
    head = mail.raw.partition(b"\r\n\r\n")[0].decode()
    assert page not in head
    done = Reply(answer=Answer.DONE, evidence="https://x.example")
    for token in (answered, envelope):
        assert links.open_link(token, at=world.now) == DeadLink("unknown")
        assert links.answer(token, done, at=world.now) == DeadLink("unknown")
        assert links.ask_for_tasks(token, at=world.now) == links.open_tasks(token, at=world.now) == DeadLink("unknown")
    raw = reply(mail, "Ack", by=OFFICER, To=f"reminders+{page}@daymark.example", Subject="Re: x", In_Reply_To=None)
    assert taken(world, raw).state is HELD
    assert responses(world) == ()
    assert taken(world, reply(mail, "Ack", by=OFFICER)).state is RECORDED


def test_the_one_token_of_an_earlier_mail_opens_its_page_and_answers(world: World, mail: OpenedMail) -> None:
    """Test that mails that were out before tokens had kinds go on working; their envelope is believed no more."""
    (page,) = tokens(mail)
    with world.store.engine.begin() as connection:
        connection.execute(sql("UPDATE token SET kind = ''"))
    assert not isinstance(Links(world.settings).open_link(page, at=world.now), DeadLink)
    back = f"reminders+{page}@daymark.example"
    assert taken(world, bounce(mail, OFFICER).replace(mail.envelope_from.encode(), back.encode())).state is HELD
    assert taken(world, reply(mail, "Ack", by=OFFICER, To=back)).state is RECORDED


@pytest.mark.parametrize(
    "also",
    [
        f"Original-Recipient: rfc822; {OFFICER}",
        "",
    ],
)
def test_a_bounce_of_an_alias_is_believed_by_the_address_that_we_wrote_to(
    world: World, mail: OpenedMail, also: str
) -> None:
    raw = bounce(mail, "pl01@mail.example").replace(b"Final-Recipient", f"{also}\r\nFinal-Recipient".lstrip().encode())
    text = b"It could not be delivered." if also else f"It could not be delivered to {OFFICER}.".encode()
    assert taken(world, raw.replace(b"It could not be delivered.", text)).state is RECORDED


def test_the_programme_lead_reads_the_words_of_the_server(world: World, mail: OpenedMail) -> None:
    said = f"Diagnostic-Code: smtp; 550 5.1.1 <{OFFICER}> has left\r\nStatus: 5.1.1".encode()
    assert taken(world, bounce(mail, OFFICER).replace(b"Status: 5.1.1", said)).state is RECORDED
    world.deliver()
    world.deliver()
    told = words(world.mails(to="improvement_programme_lead")[0])
    assert (
        "Its server said: “550 5.1.1 <(address)> has left”. The next message tries the same address once more." in told
    )
    assert "leaves by mail" not in told
    assert "has left" not in str(list(world.store.audit.events()))


def test_a_bounce_that_names_another_address_is_not_believed(world: World, mail: OpenedMail) -> None:
    assert taken(world, bounce(mail, HEAD)).state is HELD
    assert taken(world, bounce(mail, "sombody@medway.example")).state is HELD
    world.expect_no_mail()
    assert "message bounced" not in {audit_event.what for audit_event in world.store.audit.events()}
