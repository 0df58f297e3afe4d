"""Test what is made of one mail that came in: an answer, an absence, a bounce, or a line of the review list."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from config.timeline_files import plain_yaml
from tasks.catcher.mailbox import OpenedMail
from tasks.council.run import CouncilRun
from tasks.links.secure_link import Links
from tasks.reading import bounded
from tasks.reading.bounded import LARGEST_MAIL
from tasks.reading.reading_process import ReadingProcess
from tasks.receiving.receive import IntakeResult, afterwards, handle
from tests.harness import World, header, snapshot, tokens
from tests.support.stated import MEDWAY, people, variant
from tests.tasks.replying import AUTHSERV, TENANT, automatic, bounce, reply, replying
from tests.timeline.literals import day
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, Response, State
from timeline.delivery.messages import new_message
from timeline.letters.page_views import DeadLink, Reply
from timeline.letters.receipt import SAYS_DONE

CASES = "plo-panel/1/cases"
OFFICER = "performance.lead@medway.example"
HEAD = "head.of.safeguarding@medway.example"
RECORDED, HELD, IGNORED = InboundState.RECORDED, InboundState.HELD, InboundState.IGNORED


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel, on Wed 28 Aug 2019 at 08:30."""
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(tmp_path, posts=_posts()))
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


def _posts() -> dict[str, Any]:
    """Give those of Medway; the performance lead has a deputy and an assistant."""
    posts: dict[str, Any] = plain_yaml.read(MEDWAY)["posts"]
    posts["performance_lead"] = {
        "title": "Performance lead",
        "deputy": "head_of_safeguarding",
        "assistant": "executive_assistant",
    }
    return posts


@pytest.fixture
def mail(world: World) -> OpenedMail:
    opened_mail = world.expect_mail(to="performance_lead")
    world.at("Wed 28 Aug 2019 09:12")
    return opened_mail


def taken(world: World, raw: bytes) -> IntakeResult:
    result = handle(world.settings, raw, at=world.now)
    afterwards(world.settings, [replace(result, asks_for_help=False)], at=world.now)
    return result


def responses(world: World) -> tuple[Response, ...]:
    return world.store.inbound.responses(refs={CASES}).get(CASES, ())


def words(mail: OpenedMail) -> str:
    return " ".join(mail.text.split())


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
    assert [one.answer for one in responses(world)] == [Answer.ACKNOWLEDGED, Answer.DONE]


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
    assert "123456" not in repr(snapshot(world.store))


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

    accepted = _invited(mail, "ACCEPTED", uid("medway", CASES))
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


def test_the_deputy_answers_while_somebody_is_away_and_both_names_are_kept(world: World, mail: OpenedMail) -> None:
    assert taken(world, reply(mail, "Ack", by=HEAD)).state is HELD
    assert taken(world, automatic(mail, "I am away until 30 August 2019.", by=OFFICER)).state is RECORDED
    assert taken(world, reply(mail, "Ack", by=HEAD)).state is RECORDED
    (response,) = responses(world)
    assert (response.person, response.answered_by) == ("performance-lead", "Head of Safeguarding")
    world.expect_mail(to="head_of_safeguarding", about="recorded, you have this")


def test_the_assistant_answers_at_any_time(world: World, mail: OpenedMail) -> None:
    assert taken(world, reply(mail, "Ack", by="executive.assistant@medway.example")).state is RECORDED
    (response,) = responses(world)
    assert (response.person, response.answered_by) == ("performance-lead", "Executive Assistant")


def test_the_deputy_is_told_once_what_is_due_meanwhile_with_links_of_their_own_and_no_reason(
    world: World, mail: OpenedMail
) -> None:
    for _ in range(2):
        taken(world, automatic(mail, "I am ill, and away until 6 September 2019.", by=OFFICER))
    told = world.expect_mail(to="head_of_safeguarding")
    assert "Performance Lead is away until Friday 6 September, and you stand in." in words(told)
    assert "Send the chair the list" in words(told)
    assert "ill" not in words(told).split()
    assert tokens(told)[0] not in tokens(mail)
    assert taken(world, reply(told, "Ack 1" if len(tokens(told)) > 1 else "Ack", by=HEAD)).state is RECORDED
    (response,) = responses(world)
    assert (response.person, response.answered_by) == ("head-of-safeguarding", "")


def test_what_comes_back_from_an_address_that_was_changed_since_leaves_for_the_new_one(
    world: World, mail: OpenedMail, tmp_path: Path
) -> None:
    new = {"name": "Performance Lead", "address": "new.lead@medway.example", "holds": "performance_lead"}
    world.apply(variant(tmp_path, posts=_posts(), people=people(performance_lead=new)))
    forged = bounce(mail, "somebody.else@medway.example")
    assert (taken(world, forged).state, taken(world, bounce(mail, OFFICER)).state) == (HELD, RECORDED)
    world.deliver()
    again = [
        opened_mail
        for opened_mail in world.mails(about="List of cases")
        if opened_mail.envelope_to == ("new.lead@medway.example",)
    ]
    assert len(again) == 1
    assert world.store.outbox.dead_addresses() == ()


def test_a_deputy_who_was_written_to_in_somebodys_place_may_answer(world: World, mail: OpenedMail) -> None:
    taken(world, bounce(mail, OFFICER))
    world.deliver()
    instead = world.expect_mail(to="head_of_safeguarding")
    assert taken(world, reply(instead, "Ack", by=HEAD)).state is RECORDED
    (response,) = responses(world)
    assert (response.person, response.answered_by) == ("performance-lead", "Head of Safeguarding")


def test_several_tasks_are_answered_by_number(world: World, mail: OpenedMail) -> None:
    world.at("Mon 14 Oct 2019 08:30").decide()
    world.deliver()
    many = next(opened_mail for opened_mail in world.mails() if len(tokens(opened_mail)) > 1)
    by = many.envelope_to[0]
    assert taken(world, reply(many, "Ack", by=by)).state is HELD
    assert taken(world, reply(many, "Ack 9", by=by)).state is HELD
    assert not {"acknowledged"} & {audit_event.what for audit_event in world.store.audit.events()}
    assert "Please say which" in words(next(opened_mail for opened_mail in world.mails(about="answer once more")))
    assert taken(world, reply(many, "Ack 2", by=by)).state is RECORDED
    message = next(audit_event for audit_event in world.store.audit.events() if audit_event.what == "acknowledged")
    second = next(line for line in many.text.splitlines() if line.startswith("2. "))[3:]
    stored = world.store.plan.milestone(message.ref)
    assert stored is not None
    assert stored.milestone.act == second.strip().lower()


def test_an_answer_to_a_moved_date_records_nothing_and_says_what_holds(world: World, mail: OpenedMail) -> None:
    world.store.inbound.record_response(  # somebody else has it from now on: every older link is dead
        Response(
            milestone=CASES,
            due_on=day("Tue 3 Sep 2019"),
            person=world.person("performance_lead"),
            answer=Answer.DELEGATED,
            at=world.now,
            via="page",
            delegated_to=world.person("project_support"),
        ),
        expected=0,
        next_rung_at=None,
        state=State.OPEN,
    )
    assert taken(world, reply(mail, "Ack", by=OFFICER)).state is IGNORED
    assert "This task is with somebody else now" in words(world.expect_mail(to="performance_lead"))
    assert taken(world, reply(mail, "Help, I am lost", by=OFFICER)).state is HELD


def test_done_twice_is_refused_with_a_sentence(world: World, mail: OpenedMail) -> None:
    world.done(CASES, by="performance_lead")
    assert taken(world, reply(mail, "Ack", by=OFFICER)).state is IGNORED
    assert "already recorded as done, so nothing was changed" in words(world.expect_mail(to="performance_lead"))


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
    (second,) = [one for one in world.mails(to="performance_lead") if one.subject.startswith("x [ref:")]
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


@pytest.mark.parametrize(("partstat", "state"), [("ACCEPTED", IGNORED), ("TENTATIVE", IGNORED), ("DECLINED", HELD)])
def test_an_answer_to_an_invitation_answers_no_task(
    world: World, mail: OpenedMail, partstat: str, state: InboundState
) -> None:
    assert taken(world, _invited(mail, partstat, "a-meeting")).state is state
    assert responses(world) == ()
    asked = world.mails(to="performance_lead", about="cannot make this time")
    assert len(asked) == (partstat == "DECLINED")
    taken(world, _invited(mail, partstat, "a-meeting"))
    assert len(world.mails(about="cannot make this time")) == len(asked)
    world.at("Wed 28 Aug 2019 09:40").deliver()
    world.expect_no_mail(to="head_of_quality_assurance")


def test_accepting_the_entry_of_the_task_itself_acknowledges_it(world: World, mail: OpenedMail) -> None:
    from timeline.ical.entries import uid

    assert taken(world, _invited(mail, "ACCEPTED", uid("medway", CASES))).state is RECORDED
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

    raw = _invited(mail, "ACCEPTED", uid("medway", CASES)).replace(old, new, 1)
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
    world.apply(variant(world.home, posts=_posts(), people=people(performance_lead=lead)))
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


def _invited(mail: OpenedMail, partstat: str, of: str) -> bytes:
    entry = (
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nVERSION:2.0\nBEGIN:VEVENT\n"
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{OFFICER}\nUID:{of}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    head = reply(mail, "", by=OFFICER, Content_Type="text/calendar; charset=utf-8; method=REPLY")
    return head.split(b"\r\n\r\n")[0] + b"\r\n\r\n" + entry.replace("\n", "\r\n").encode()


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
    assert len([one for one in said if one.split()[1] in ("recorded", "held", "ignored")]) == len(mails)
    assert world.store.audit.verify() is None
