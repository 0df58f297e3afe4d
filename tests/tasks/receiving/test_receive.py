"""Test what is made of one mail that answers: what is recorded, what is held, and who is answered."""

import pytest

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World, snapshot, tokens
from tests.tasks.receiving.taken_in import (
    CASES,
    HEAD,
    HELD,
    OFFICER,
    RECORDED,
    invited,
    responses,
    taken,
    words,
    world,
)
from tests.tasks.replying import reply
from timeline.answers.responses import Answer
from timeline.letters.receipt import SAYS_DONE

__all__ = ["world"]


def test_an_acknowledgement_is_recorded_and_its_receipt_says_what_follows(world: World, mail: OpenedMail) -> None:
    result = taken(world, reply(mail, "Ack", by=OFFICER))
    assert (result.state, result.kind, result.new) == (RECORDED, "response", True)
    (response,) = responses(world)
    assert (response.answer, response.via, response.text, response.answered_by) == (Answer.ACKNOWLEDGED, "mail", "", "")
    receipt = world.expect_mail(to="performance_lead", about="recorded, you have this")
    assert "You have this: Send the chair the list. Recorded on Wednesday 28 August 2019 at 09:12." in words(receipt)
    assert "It is not done yet: we are quiet until" in words(receipt)
    assert tokens(receipt) == tokens(mail)


def test_a_receipt_silences_every_automatic_reply_and_says_what_it_answers(world: World, mail: OpenedMail) -> None:
    taken(world, reply(mail, "Ack", by=OFFICER, Message_ID="<a.b@medway.example>"))
    head = dict(world.expect_mail(to="performance_lead").headers)
    assert head["X-Auto-Response-Suppress"] == "All"
    assert head["Auto-Submitted"] == "auto-replied"
    assert head["In-Reply-To"] == head["References"] == "<a.b@medway.example>"


def test_the_same_mail_again_changes_nothing(world: World, mail: OpenedMail) -> None:
    raw = reply(mail, "Ack", by=OFFICER)
    taken(world, raw)
    before = snapshot(world.store)
    assert not taken(world, raw).new
    assert snapshot(world.store) == before


def test_the_same_answer_again_has_one_receipt_a_day(world: World, mail: OpenedMail) -> None:
    for _ in range(4):
        assert taken(world, reply(mail, "Ack", by=OFFICER)).state is RECORDED
    assert len(responses(world)) == 1
    assert len(world.mails(to="performance_lead")) == 2


def test_done_with_a_link_is_done(world: World, mail: OpenedMail) -> None:
    taken(world, reply(mail, "Done https://medway.example/panel/minutes", by=OFFICER))
    (response,) = responses(world)
    assert (response.answer, response.evidence) == (Answer.DONE, "https://medway.example/panel/minutes")
    world.expect_mail(to="performance_lead", about="recorded as done")


def test_done_without_evidence_counts_as_acknowledged_and_is_asked_for_it(world: World, mail: OpenedMail) -> None:
    taken(world, reply(mail, "Done", by=OFFICER))
    (response,) = responses(world)
    assert (response.answer, response.text) == (Answer.ACKNOWLEDGED, SAYS_DONE)
    receipt = world.expect_mail(to="performance_lead")
    assert "we need a link or a reference that shows it" in words(receipt)
    taken(world, reply(receipt, "Done https://medway.example/panel/minutes", by=OFFICER))
    assert [each.answer for each in responses(world)] == [Answer.ACKNOWLEDGED, Answer.DONE]


@pytest.mark.parametrize(
    ("text", "answer", "kept"),
    [
        ("Help, we are two people short", Answer.HELP, "we are two people short"),
        ("Not mine: the panel's clerk has it", Answer.DECLINED, "the panel's clerk has it"),
    ],
)
def test_words_that_ask_for_somebody_go_to_the_line_manager(
    world: World, mail: OpenedMail, text: str, answer: Answer, kept: str
) -> None:
    assert taken(world, reply(mail, text, by=OFFICER)).asks_for_help
    (response,) = responses(world)
    assert (response.answer, response.text) == (answer, kept)
    world.at("Wed 28 Aug 2019 09:20").deliver()
    assert kept in words(world.expect_mail(to="head_of_quality_assurance"))


def test_words_that_may_name_a_child_are_held_back_and_the_answer_stands(world: World, mail: OpenedMail) -> None:
    result = taken(world, reply(mail, "Help with case number 123456, she was born 3 May 2012", by=OFFICER))
    assert (result.state, result.asks_for_help) == (HELD, True)
    (response,) = responses(world)
    assert (response.answer, response.text) == (Answer.HELP, "")
    (held,) = world.store.inbound.held()
    assert held.held_back
    assert "123456" in held.text
    assert "they were not passed on" in words(world.expect_mail(to="performance_lead"))
    world.at("Wed 28 Aug 2019 09:20").deliver()
    assert "123456" not in words(world.expect_mail(to="head_of_quality_assurance"))
    world.store.inbound.close(held.id, at=world.now, who="programme-lead", erase=True)
    # Six digits stand by chance in one of so many hashes; words do not.
    assert "number 123456" not in repr(snapshot(world.store))


def test_an_answer_that_is_not_clear_is_held_and_answered_with_a_link_once_a_day(
    world: World, mail: OpenedMail
) -> None:
    for text in ("I cannot acknowledge this until the chair has spoken", "What is this about?"):
        assert taken(world, reply(mail, text, by=OFFICER)).state is HELD
    assert [inbound.text for inbound in world.store.inbound.held()] == [
        "I cannot acknowledge this until the chair has spoken",
        "What is this about?",
    ]
    answered = world.expect_mail(to="performance_lead", about="please answer once more")
    assert tokens(answered) == tokens(mail)
    assert responses(world) == ()
    world.at("Thu 29 Aug 2019 09:12")
    taken(world, reply(mail, "Well, what is it about?", by=OFFICER))
    world.expect_mail(to="performance_lead", about="please answer once more")


def test_a_wish_for_another_date_is_shown_to_who_decides_with_its_words(world: World, mail: OpenedMail) -> None:
    assert taken(world, reply(mail, "Yes, but can we move this to Friday?", by=OFFICER)).state is HELD
    assert responses(world) == ()
    (held,) = world.store.inbound.held()
    assert (held.text, held.milestone) == ("Yes, but can we move this to Friday?", CASES)
    assert "whoever decides about dates must see it" in held.why
    told = words(world.expect_mail(to="performance_lead"))
    assert "The Head of Specialist Projects reads your words and decides; until you hear more, the date stands." in told


def test_i_can_confirm_that_this_is_done_is_done_from_whoever_was_to_do_it(world: World, mail: OpenedMail) -> None:
    taken(world, reply(mail, "I can confirm that this is done: https://medway.example/panel/minutes", by=OFFICER))
    (response,) = responses(world)
    assert (response.answer, response.evidence) == (Answer.DONE, "https://medway.example/panel/minutes")


def test_a_call_for_help_beside_an_acceptance_is_recorded_as_one(world: World, mail: OpenedMail) -> None:
    from timeline.ical.entries import uid

    accepted = invited(mail, "ACCEPTED", uid("medway", CASES))
    comment = accepted.replace(b"END:VEVENT", b"COMMENT:Help please\\, I have nobody to chair it\r\nEND:VEVENT")
    assert taken(world, comment).asks_for_help
    assert [(each.answer, each.text) for each in responses(world)] == [(Answer.HELP, "I have nobody to chair it")]


def test_one_who_was_not_asked_records_nothing_and_hears_nothing(world: World, mail: OpenedMail) -> None:
    assert taken(world, reply(mail, "ACK", by=HEAD)).state is HELD
    assert responses(world) == ()
    world.expect_no_mail(to="head_of_safeguarding")
    assert "Somebody else answered a mail that was for you" in words(world.expect_mail(to="performance_lead"))


def test_a_sender_who_is_not_proved_records_nothing_and_the_directory_address_hears_of_it(
    world: World, mail: OpenedMail
) -> None:
    assert taken(world, reply(mail, "ACK", by=OFFICER, proved=False)).state is HELD
    assert responses(world) == ()
    (held,) = world.store.inbound.held()
    assert (held.by, held.sender, held.asks) == ("", OFFICER, Answer.ACKNOWLEDGED)
    assert "we could not prove that you sent it" in words(world.expect_mail(to="performance_lead"))


def test_a_stranger_is_never_written_to(world: World, mail: OpenedMail) -> None:
    assert taken(world, reply(mail, "ACK", by="somebody@elsewhere.example")).state is HELD
    assert {opened_mail.envelope_to for opened_mail in world.mails()} == {(OFFICER,)}


def test_a_mail_without_a_reference_is_held_and_nobody_is_answered(world: World, mail: OpenedMail) -> None:
    raw = reply(mail, "Ack", by=OFFICER, To="reminders@daymark.example", Subject="Hello", In_Reply_To=None)
    bare = raw.split(b"\r\n\r\n")[0] + b"\r\n\r\nAck\r\n"
    assert taken(world, bare).state is HELD
    world.expect_no_mail()
