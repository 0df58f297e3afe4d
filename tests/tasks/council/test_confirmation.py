"""Test a class A task from done to confirmed, through the real store, mail server and pages: each door, and a race."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tasks.catcher.mailbox import OpenedMail
from tasks.links.secure_link import Links
from tasks.receiving.receive import afterwards, handle
from tests.harness import World, snapshot, tokens
from tests.support.assured_days import Days
from tests.support.stated import people, variant
from tests.tasks.replying import reply, replying
from tests.timeline.literals import at, day
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, AnswerRefused, Response, State
from timeline.escalation.prompts import CONFIRM, PromptState
from timeline.forecast.behaviour import EVIDENCE
from timeline.letters.page_views import DeadLink, TaskView
from web.app import create_app
from web.pages import PageSettings

DRAFT = "action-plan/1/draft"
LINK = "https://documents.medway.example/plan/draft-1"
OWNER, MANAGER = "improvement_programme_lead", "head_of_improvement"
NEXT_MORNING = "Wed 25 Sep 2019 08:30"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the programme lead has had the first mail about the draft, and has it done on Tue 24 Sep 2019 at
    10:00.
    """
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Mon 23 Sep 2019 08:30", "action-plan")
        world.expect_mail(to=OWNER, about="First draft")
        world.at("Tue 24 Sep 2019 10:00").answer(DRAFT, Answer.DONE, by=OWNER, evidence=LINK)
        yield world


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    names = {"council_name": "Medway Council", "programme_name": "Improvement programme"}
    pages = PageSettings(**names, base_url=world.settings.base_url, prefect_url="http://127.0.0.1:1", mail_folder=None)
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        yield client


def state(world: World, ref: str = DRAFT) -> tuple[str, int]:
    """Tell what stands in the row, and how many answers were given."""
    with world.store.engine.connect() as connection:
        sql = f"SELECT state, responses FROM milestone WHERE ref = '{ref}'"  # noqa: S608 (a literal of this test)
        found = connection.exec_driver_sql(sql).one()
    return found[0], found[1]


def answers(world: World) -> tuple[Response, ...]:
    return world.store.inbound.responses(refs={DRAFT})[DRAFT]


def asked(world: World) -> OpenedMail:
    """Give the mail that asks the second person, the next morning."""
    world.live(NEXT_MORNING, "action-plan")
    return world.expect_mail(to=MANAGER, about="First draft")


def confirm(world: World, by: str = MANAGER, what: Answer = Answer.CONFIRMED, **words: str) -> None:
    world.answer(DRAFT, what, by=by, **words)


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


# The pages


def form(answer: str, **fields: str) -> dict[str, str]:
    return {"answer": answer, "who": "self", **fields}


@pytest.mark.slow("lives two mornings and opens their pages")
def test_the_page_shows_the_evidence_and_the_two_choices_and_looking_changes_nothing(
    world: World, client: TestClient
) -> None:
    (token,) = tokens(asked(world))
    before = snapshot(world.store)
    for _ in range(20):
        assert client.get(f"/r/{token}").status_code == client.head(f"/r/{token}").status_code == 200
    page = client.get(f"/r/{token}?answer=confirmed&who=self").text
    assert snapshot(world.store) == before
    assert f'href="{LINK}"' in page
    assert "I confirm it" in page
    assert "It is not done yet" in page
    assert "I have this" not in page
    assert "It waits for the Head of Business Change (People) and ICT to confirm it." in page


@pytest.mark.slow("fifty at once")
def test_fifty_confirmations_at_once_are_one(world: World, client: TestClient) -> None:
    (token,) = tokens(asked(world))
    with ThreadPoolExecutor(50) as presses:
        pages = list(presses.map(lambda _: client.post(f"/r/{token}", data=form("confirmed")), range(50)))
    assert {page.status_code for page in pages} == {200}
    assert all("Confirmed as done" in page.text for page in pages)
    assert state(world) == ("done", 2)
    assert [response.answer for response in answers(world)] == [Answer.DONE, Answer.CONFIRMED]
    assert [event.what for event in world.store.audit.events()].count("confirmed") == 1
    assert world.store.audit.verify() is None


def test_who_did_it_sees_whom_it_waits_for_and_cannot_confirm_it(world: World, client: TestClient) -> None:
    (token,) = tokens(world.mails(to=OWNER, ever=True, about="First draft")[0])
    page = client.get(f"/r/{token}").text
    assert "It waits for the Head of Business Change (People) and ICT to confirm it." in page
    assert "I confirm it" not in page
    before = snapshot(world.store)
    assert client.post(f"/r/{token}", data=form("confirmed")).status_code == 422
    assert snapshot(world.store) == before


def test_in_the_second_persons_name_who_did_it_cannot_confirm_it(world: World, client: TestClient) -> None:
    (token,) = tokens(asked(world))
    before = snapshot(world.store)
    for name, sentence in (
        ("Programme Lead", "Whoever did it, or recorded it, cannot confirm it."),
        (world.address(OWNER).upper(), "Whoever did it, or recorded it, cannot confirm it."),
        ("Somebody of the office", "A second person is somebody of this council"),
    ):
        answered = client.post(f"/r/{token}", data=form("confirmed") | {"who": "other", "answered_by": name})
        assert (answered.status_code, sentence in answered.text) == (422, True)
    assert snapshot(world.store) == before


def test_sent_back_from_the_page_it_is_open_again_and_the_owner_hears_why_at_once(
    world: World, client: TestClient
) -> None:
    (token,) = tokens(asked(world))
    world.at("Wed 25 Sep 2019 09:00")
    assert client.post(f"/r/{token}", data=form("returned")).status_code == 422
    back = client.post(f"/r/{token}", data=form("returned", returned_text="The annex is missing."))
    assert "Recorded as not done yet" in back.text
    assert state(world) == ("open", 2)
    world.at("Wed 25 Sep 2019 09:10").deliver()
    mail = world.expect_mail(to=OWNER, about="First draft")
    text = " ".join(mail.text.split())
    assert "says that this is not done yet. Their words: “The annex is missing.”" in text
    (again,) = tokens(mail)
    done = client.post(f"/r/{again}", data=form("done", evidence="Minutes, item 4"))
    assert "Recorded as done" in done.text
    world.live("Thu 26 Sep 2019 08:30", "action-plan")
    world.expect_mail(to=MANAGER, about="Evidence: Minutes, item 4")


def test_whoever_did_it_takes_it_back_and_is_not_written_to(world: World) -> None:
    confirm(world, by=OWNER, what=Answer.RETURNED, text="It was the wrong document.")
    assert state(world) == ("open", 2)
    world.live(NEXT_MORNING, "action-plan")
    world.expect_no_mail(about="Please confirm")
    assert world.reasons(DRAFT) == ["It was not done yet after all."]


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


# By mail


def test_confirmed_by_mail(world: World) -> None:
    mail = asked(world)
    world.at("Wed 25 Sep 2019 09:12")
    result = handle(world.settings, reply(mail, "Confirmed, thanks", by=world.address(MANAGER)), at=world.now)
    assert result.state is InboundState.RECORDED
    assert state(world) == ("done", 2)
    assert (answers(world)[-1].answer, answers(world)[-1].via) == (Answer.CONFIRMED, "mail")


@pytest.mark.parametrize("words", ["Not done", "Not done, the annex is missing", "I cannot confirm this", "Confirmed?"])
def test_a_negation_is_for_a_person(world: World, words: str) -> None:
    mail = asked(world)
    result = handle(world.settings, reply(mail, words, by=world.address(MANAGER)), at=world.now)
    assert result.state is InboundState.HELD
    assert state(world) == ("unconfirmed", 1)


def test_confirmed_about_a_task_that_nobody_did_is_for_a_person(world: World) -> None:
    world.live("Mon 7 Oct 2019 08:30", "action-plan")
    mail = world.expect_mail(to=MANAGER, about="Partners and staff heard")
    result = handle(world.settings, reply(mail, "Confirmed", by=world.address(MANAGER)), at=world.now)
    assert result.state is InboundState.HELD
    assert state(world, "action-plan/1/heard") == ("open", 0)


def test_the_receipt_says_that_it_is_confirmed(world: World) -> None:
    mail = asked(world)
    world.at("Wed 25 Sep 2019 09:12")
    afterwards(
        world.settings,
        [handle(world.settings, reply(mail, "Confirm", by=world.address(MANAGER)), at=world.now)],
        at=world.now,
    )
    receipt = world.expect_mail(to=MANAGER, about="recorded, confirmed")
    assert "Nobody will be asked about this again." in " ".join(receipt.text.split())


# Who may


@pytest.mark.parametrize("post", ["director", "chief_executive"])
def test_anybody_on_the_list_may_confirm_it(world: World, post: str) -> None:
    confirm(world, by=post)
    assert state(world) == ("done", 2)


@pytest.mark.parametrize("post", ["project_support", "performance_lead"])
def test_nobody_else_may(world: World, post: str) -> None:
    before = snapshot(world.store)
    with pytest.raises(
        AnswerRefused, match=r"This person cannot confirm it\. It waits for the Head of Business Change"
    ):
        confirm(world, by=post)
    assert snapshot(world.store) == before


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
