"""Test mails of deputies and assistants, several answers in one mail, and answers to a date that moved."""

from pathlib import Path

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World, tokens
from tests.support.stated import people, variant
from tests.tasks.receiving.taken_in import (
    CASES,
    HEAD,
    HELD,
    IGNORED,
    OFFICER,
    RECORDED,
    posts,
    responses,
    taken,
    words,
    world,
)
from tests.tasks.replying import automatic, bounce, reply
from tests.timeline.literals import day
from timeline.answers.responses import Answer, Response, State

__all__ = ["world"]


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
    world.apply(variant(tmp_path, posts=posts(), people=people(performance_lead=new)))
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
