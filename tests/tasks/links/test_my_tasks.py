"""Test all tasks of one person through the real pages, store and mail server: a forwarded link opens nobody's list."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tasks.council.quiet import Quiets
from tasks.council.tokens import derive
from tasks.links.calendar_feed import feed_url
from tasks.links.secure_link import Links
from tests.harness import World, header, snapshot, tokens
from tests.support.medway_pages import medway_pages
from tests.support.rotation import CROWD
from tests.support.stated import people, variant
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.delivery.messages import own_token
from timeline.letters.my_tasks import mail_keys
from web.app import create_app

CASES = "plo-panel/1/cases"
LINK = "link to your tasks"


@pytest.fixture(autouse=True)
def _no_test_waits_for_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.officers.my_tasks.TICK_SECONDS", 0.0)


@pytest.fixture
def token(world: World) -> str:
    """Give the link of the performance lead's task."""
    given = tokens(world.expect_mail(to="performance_lead"))[0]
    world.at("Wed 28 Aug 2019 10:00")
    return given


def opened(world: World) -> str:
    """Give the path of the list, out of the mail that was asked for."""
    mail = world.expect_mail(to="performance_lead", about=LINK)
    return next(word for word in mail.text.split() if "/mine/" in word).removeprefix(world.settings.base_url)


def test_the_list_tells_the_address_of_the_persons_own_calendar(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}/mine")
    world.deliver()
    page = client.get(opened(world)).text
    feed = feed_url(world.store, world.settings, world.person("performance_lead"), at=world.now)
    assert f"<code>{feed}</code>" in page


def test_whoever_asks_is_answered_by_a_mail_to_the_address_of_the_directory(
    world: World, client: TestClient, token: str
) -> None:
    page = client.post(f"/r/{token}/mine")
    assert (page.status_code, "We have sent a mail to the address we hold for you." in page.text) == (200, True)
    assert "performance.lead@" not in page.text
    (mail,) = world.mails()
    assert mail.envelope_to == (world.address("performance_lead"),)


def test_the_list_shows_what_waits_and_each_link_answers(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}/mine")
    path = opened(world)
    page = client.get(path).text
    links = [part.split('"')[0] for part in page.split(f'href="{world.settings.base_url}/r/')[1:]]
    assert token not in links
    assert len(links) == len(set(links)) > 1
    assert {client.get(f"/r/{link}").status_code for link in links} == {200}
    coming = links[-1]
    said = {"answer": "acknowledged", "who": "self"}
    assert "You have this" in client.post(f"/r/{coming}", data=said).text


def test_looking_at_the_list_changes_nothing(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}/mine")
    path = opened(world)
    before = snapshot(world.store)
    for _ in range(5):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
        assert client.get(f"/r/{token}/mine").status_code == 405
    assert snapshot(world.store) == before


def test_a_forwarded_link_opens_nobodys_list(world: World, client: TestClient, token: str) -> None:
    """Test that whoever got the link of a task can neither open the list with it, nor have it sent elsewhere."""
    assert client.get(f"/mine/{token}").status_code == 410
    client.post(f"/r/{token}/mine", data={"address": "thief@elsewhere.example", "to": "thief@elsewhere.example"})
    assert {opened_mail.envelope_to for opened_mail in world.mails()} == {(world.address("performance_lead"),)}
    page = client.get(f"/mine/{token}")
    assert page.status_code == 410
    assert "Performance Lead" not in page.text


def test_neither_subject_nor_headers_of_the_mail_open_the_list(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}/mine")
    path = opened(world)
    mail = world.expect_mail(to="performance_lead", about=LINK)
    opening = path.rsplit("/", 1)[1]
    heads = mail.raw.decode().split("\r\n\r\n", 1)[0]
    assert opening not in heads
    assert opening not in header(mail.raw, "Reply-To")
    key = mail_keys(world.person("performance_lead"), at=world.now)[0]
    reply = derive(world.settings.secret(), world.store.council, own_token("performance-lead", key))
    assert reply in heads
    assert client.get(f"/mine/{reply}").status_code == 410
    assert client.get(f"/r/{reply}").status_code == 410
    assert client.get(f"/r/{opening}").status_code == 410


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 410), (31, 410)])
def test_the_list_closes_after_thirty_minutes(
    world: World, client: TestClient, token: str, minutes: int, status: int
) -> None:
    client.post(f"/r/{token}/mine")
    path = opened(world)
    world.now += timedelta(minutes=minutes)
    page = client.get(path)
    assert page.status_code == status
    assert ("to get a new one" in page.text) is (status == 410)


@pytest.mark.slow("many at once")
def test_many_presses_make_one_mail_and_five_minutes_later_another(
    world: World, client: TestClient, token: str
) -> None:
    with ThreadPoolExecutor(CROWD) as presses:
        pages = list(presses.map(lambda _: client.post(f"/r/{token}/mine"), range(CROWD)))
    assert {page.status_code for page in pages} == {200}
    world.deliver()
    assert len(world.mails()) == 1
    world.at("Wed 28 Aug 2019 10:05")
    client.post(f"/r/{token}/mine")
    assert len(world.mails()) == 1


def test_a_list_that_is_empty_says_so(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}/mine")
    path = opened(world)
    for milestone in world.store.plan.milestones():
        if milestone.owner == "performance_lead" and milestone.due_on:
            world.done(milestone.ref, by="performance_lead")
    assert "Nothing waits for you" in client.get(path).text


def test_what_was_passed_on_changes_lists(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}/mine")
    path = opened(world)
    title = "Send the chair the list"
    before = client.get(path).text.count(title)
    assert before
    world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to=world.person("project_support"))
    assert client.get(path).text.count(title) == before - 1


def test_a_link_of_the_list_dies_with_its_owner(world: World, client: TestClient, token: str) -> None:
    """Test that nobody was told of that task yet: the page must not speak of a date that moved."""
    client.post(f"/r/{token}/mine")
    page = client.get(opened(world)).text
    links = [part.split('"')[0] for part in page.split("/r/")[1:]]
    coming = links[-1]
    left = {**people()["performance-lead"], "holds": "project_support"}
    new = {"name": "N", "address": "new@medway.example", "holds": "performance_lead"}
    world.apply(variant(world.home, people=people(performance_lead=left, new_lead=new)))
    page = client.get(f"/r/{coming}")
    assert (page.status_code, "passed to somebody else" in page.text) == (410, True)


def test_while_sending_is_stopped_the_page_says_so_and_no_link_is_written(world: World, token: str) -> None:
    pages = medway_pages(world.settings.base_url)
    app = create_app(Links(world.settings), pages, quiets=Quiets(world.settings))
    world.store.outbox.stop(at=world.now, who="the story", reason="An exercise")
    with TestClient(app, base_url="http://localhost") as client:
        asked = {"address": world.address("performance_lead")}
        for page in (client.post(f"/r/{token}/mine"), client.post("/mine", data=asked)):
            assert "Sending is stopped at the moment" in page.text
            assert "Ask again here when mails leave again." in page.text
            assert "on its way" not in page.text
            assert "We have sent" not in page.text
        world.store.outbox.resume(at=world.now, who="the story", reason="Over")
        world.deliver()
        assert world.mails() == []
        assert "We have sent a mail" in client.post(f"/r/{token}/mine").text
    opened(world)


# Asked for by address


def test_who_has_no_link_gets_one_at_the_address_of_the_directory_and_once_while_it_is_open(
    world: World, client: TestClient
) -> None:
    world.at("Wed 28 Aug 2019 10:00")
    for _ in range(3):
        client.post("/mine", data={"address": "Performance.Lead@medway.example"})
    mail = world.expect_mail(to="performance_lead", about=LINK)
    assert client.get(opened(world)).status_code == 200
    assert "performance.lead@" not in mail.text
    world.at("Wed 28 Aug 2019 10:29")
    client.post("/mine", data={"address": "performance.lead@medway.example"})
    world.expect_no_mail()
    world.at("Wed 28 Aug 2019 10:30")
    client.post("/mine", data={"address": "performance.lead@medway.example"})
    world.expect_mail(to="performance_lead", about=LINK)


def test_a_stranger_who_knows_an_address_causes_three_mails_a_day_and_none_on_a_sunday(
    world: World, client: TestClient
) -> None:
    asked = {"address": "performance.lead@medway.example"}
    for when, mails in (("Wed 28 Aug 2019 {:02}:00", 3), ("Sun 1 Sep 2019 {:02}:00", 0)):
        for hour in (7, 9, 11, 13, 15, 17, 18, 20):
            world.now = at(when.format(hour))
            client.post("/mine", data=asked)
        assert len(world.mails(about=LINK)) == mails
        world.at(when.format(23))


@pytest.mark.parametrize("address", ["thief@elsewhere.example", "%@medway.example", "chairman@medway.example"])
def test_an_address_that_nobody_here_has_is_never_written_to(world: World, client: TestClient, address: str) -> None:
    world.at("Wed 28 Aug 2019 10:00")
    before = snapshot(world.store)
    assert client.post("/mine", data={"address": address}).status_code == 200
    world.expect_no_mail()
    assert snapshot(world.store) == before
