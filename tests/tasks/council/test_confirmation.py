"""Test a class A task from done to confirmed, through the real store and mail: who is asked, and when no more."""

from pathlib import Path

import pytest

from tasks.links.secure_link import Links
from tests.harness import World, snapshot, tokens
from tests.support.assured_days import Days
from tests.support.stated import people, variant
from tests.tasks.council.second_person import DRAFT, LINK, MANAGER, NEXT_MORNING, OWNER, asked, confirm, state, world
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, AnswerRefused, Response, State
from timeline.escalation.prompts import CONFIRM, PromptState
from timeline.forecast.behaviour import EVIDENCE
from timeline.letters.page_views import DeadLink, TaskView

__all__ = ["world"]


# Asking


def test_done_is_not_confirmed_and_the_prompt_is_written_with_it(world: World) -> None:
    assert state(world) == ("unconfirmed", 1)
    (prompt,) = [
        pending.prompt
        for pending in world.store.ledger.pending(at=at(NEXT_MORNING))
        if pending.prompt.key.rung == CONFIRM
    ]
    assert (prompt.post, prompt.send_at) == (MANAGER, at(NEXT_MORNING))
    assert [event.what for event in world.store.audit.events()][-2:] == ["done", "prompt written"]


def test_the_second_person_is_asked_in_the_next_daily_mail_with_the_evidence(world: World) -> None:
    mail = asked(world)
    text = " ".join(mail.text.split())
    assert mail.subject.startswith("Please confirm: First draft of the action plan")
    assert "The Head of Specialist Projects told us on Tuesday 24 September that this is done." in text
    assert f"Evidence: {LINK}" in text
    world.expect_no_mail(to=OWNER, about="First draft")


def test_running_the_morning_again_asks_nobody_twice(world: World) -> None:
    asked(world)
    before = snapshot(world.store)
    assert world.decide("action-plan") == 0
    world.deliver()
    after = snapshot(world.store)
    assert [after[name] == before[name] for name in ("prompt", "message", "delivery", "response")] == [True] * 4


def test_an_answer_whose_prompt_was_never_written_is_found_in_the_morning(world: World) -> None:
    """Test that as if the process had died between the two: they stand in one transaction, and the morning asks all the
    same.
    """
    second = "action-plan/1/published"
    stored = world.store.plan.milestone(second)
    assert stored is not None
    assert stored.milestone.due_on is not None
    done = Response(
        milestone=second,
        due_on=stored.milestone.due_on,
        person=world.person(MANAGER),
        answer=Answer.DONE,
        at=world.now,
        via="page",
        evidence=EVIDENCE,
        to_confirm=True,
    )
    world.store.inbound.record_response(done, expected=0, climb=(), next_rung_at=world.now, state=State.UNCONFIRMED)
    world.live(NEXT_MORNING, "action-plan")
    world.expect_mail(to="director", about="Please confirm")


def test_it_is_asked_again_up_to_the_bound_and_then_stands_in_the_list(world: World) -> None:
    told = []
    days = ("Wed 25", "Thu 26", "Fri 27", "Mon 30")
    later = ("Tue 1", "Wed 2", "Thu 3", "Fri 4", "Mon 7", "Tue 8", "Wed 9")
    for morning in (*(f"{literal} Sep" for literal in days), *(f"{literal} Oct" for literal in later)):
        world.live(f"{morning} 2019 08:30", "action-plan")
        told += [opened_mail.envelope_to[0] for opened_mail in world.mails(about="First draft")]
    manager, director, owner = (world.address(post) for post in (MANAGER, "director", OWNER))
    assert (told.count(manager), told.count(director), told.count(owner)) == (5, 3, 0)
    assert state(world) == ("unconfirmed", 1)


def test_a_class_b_task_is_done_when_it_is_done(world: World) -> None:
    cases = "plo-panel/1/cases"
    recorded = world.done(cases, by="performance_lead")
    assert state(world, cases) == ("done", 1)
    assert recorded.sentences[1:] == ("Nobody will be asked about this again.",)
    assert not world.store.inbound.responses(refs={cases})[cases][0].to_confirm


# Withdrawn


def test_confirmed_before_its_mail_has_left_the_prompt_is_withdrawn(world: World) -> None:
    confirm(world, by="director")
    world.live(NEXT_MORNING, "action-plan")
    world.expect_no_mail(to=MANAGER, about="First draft")
    assert world.reasons(DRAFT) == ["It was confirmed meanwhile."]


def test_a_mail_that_waits_for_its_server_is_withdrawn_when_it_is_confirmed(world: World) -> None:
    world.route("daymarkmail://127.0.0.1:1/?starttls=no")
    world.live(NEXT_MORNING, "action-plan")
    waiting = [entry for entry in world.store.ledger.entries(refs={DRAFT})[DRAFT] if entry.key.rung == CONFIRM]
    assert [entry.state for entry in waiting] == [PromptState.WAITING]
    confirm(world, by="director")
    world.route("")
    world.at("Wed 25 Sep 2019 10:00").deliver()
    world.expect_no_mail(to=MANAGER, about="First draft")
    assert "It was confirmed meanwhile." in world.reasons(DRAFT)


def test_a_reminder_that_is_grouped_already_is_withdrawn_when_it_is_done(world: World) -> None:
    heard = "action-plan/1/heard"
    world.route("daymarkmail://127.0.0.1:1/?starttls=no")
    world.live("Mon 7 Oct 2019 08:30", "action-plan")
    assert [entry.state for entry in world.store.ledger.entries(refs={heard})[heard]] == [PromptState.WAITING]
    world.at("Mon 7 Oct 2019 08:40").done(heard, by=MANAGER)
    world.route("")
    world.at("Mon 7 Oct 2019 10:00").deliver()
    world.expect_no_mail(to=MANAGER, about="Partners and staff heard")
    assert world.reasons(heard) == ["It is done."]


def test_what_no_longer_holds_takes_no_other_prompts_place(world: World) -> None:
    """Test that the line manager's rung of 08:30 was written at 07:30; done at 07:40, only the request to confirm is
    true.
    """
    on_the_day = "Thu 3 Oct 2019"
    confirm(world, what=Answer.RETURNED, text="Not this one.")
    world.at(f"{on_the_day} 07:30").decide("action-plan")
    written = {pending.prompt.post for pending in world.store.ledger.pending(at=at(f"{on_the_day} 08:30"))}
    assert MANAGER in written
    world.at(f"{on_the_day} 07:40").answer(DRAFT, Answer.DONE, by=OWNER, evidence=LINK)
    world.at(f"{on_the_day} 08:30").deliver()
    world.expect_mail(to=MANAGER, about="Please confirm")


def test_an_assistant_who_recorded_it_cannot_confirm_it_for_the_director(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        sign_off = "action-plan/1/sign-off"
        world.at("Tue 12 Nov 2019 10:00").answer(
            sign_off, Answer.DONE, by="director", evidence=LINK, answered_by="Executive Assistant"
        )
        (done,) = world.store.inbound.responses(refs={sign_off})[sign_off]
        assert (done.by, done.to_confirm) == ("executive-assistant", True)
        with pytest.raises(AnswerRefused, match="Whoever did it, or recorded it, cannot confirm it"):
            world.answer(sign_off, Answer.CONFIRMED, by="head_of_safeguarding", answered_by="Executive Assistant")
        world.answer(sign_off, Answer.CONFIRMED, by="head_of_safeguarding")
        assert state(world, sign_off) == ("done", 2)


def test_while_the_manager_is_away_the_next_one_is_asked(tmp_path: Path) -> None:
    stated = people()
    stated["head-of-improvement"]["absent"] = [{"from": "2019-09-23", "until": "2019-10-04"}]
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(tmp_path, people=stated))
        world.at("Tue 24 Sep 2019 10:00").answer(DRAFT, Answer.DONE, by=OWNER, evidence=LINK)
        world.live(NEXT_MORNING, "action-plan")
        world.expect_mail(to="director", about="Please confirm")


def test_its_link_answers_until_it_is_confirmed_and_then_shows_who_did(world: World) -> None:
    (token,) = tokens(asked(world))
    confirm(world, by="director")
    view = Links(world.settings).open_link(token, at=world.now)
    assert not isinstance(view, DeadLink)
    assert isinstance(view, TaskView)
    assert view.choices == ()
    assert "Director of People has confirmed that it is done." in view.state_phrase


@pytest.mark.slow("each day of a week is lived and reckoned")
def test_assurance_explains_a_week_in_which_a_second_person_is_asked_and_confirms(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Fri 20 Sep 2019 07:00").apply()
        days = Days(world)
        assert [reckoning.findings for reckoning in days.through(world.now.date(), day("Mon 23 Sep 2019"))] == [(), ()]
        world.at("Tue 24 Sep 2019 07:00").answer(DRAFT, Answer.DONE, by=OWNER, evidence=LINK)
        asked_on = list(days.through(day("Tue 24 Sep 2019"), day("Thu 26 Sep 2019")))
        assert [reckoning.findings for reckoning in asked_on] == [(), (), ()]
        confirm(world)
        assert [reckoning.findings for reckoning in days.through(day("Fri 27 Sep 2019"), day("Mon 30 Sep 2019"))] == [
            (),
            (),
        ]
        assert sum(entry.key.rung == CONFIRM for entry in world.store.ledger.entries(refs={DRAFT})[DRAFT]) == 2
