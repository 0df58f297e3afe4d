"""Test the second person's answers, on the page and by mail, and who may not confirm."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from tasks.links.secure_link import Links
from tasks.receiving.receive import afterwards, handle
from tests.harness import World, snapshot, tokens
from tests.support.medway_pages import medway_pages
from tests.support.rotation import CROWD
from tests.tasks.council.second_person import DRAFT, LINK, MANAGER, NEXT_MORNING, OWNER, asked, confirm, state, world
from tests.tasks.replying import reply
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, AnswerRefused, Response
from web.app import create_app

__all__ = ["world"]


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    pages = medway_pages(world.settings.base_url)
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        yield client


def answers(world: World) -> tuple[Response, ...]:
    return world.store.inbound.responses(refs={DRAFT})[DRAFT]


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


@pytest.mark.slow("many at once")
def test_many_confirmations_at_once_are_one(world: World, client: TestClient) -> None:
    (token,) = tokens(asked(world))
    with ThreadPoolExecutor(CROWD) as presses:
        pages = list(presses.map(lambda _: client.post(f"/r/{token}", data=form("confirmed")), range(CROWD)))
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
