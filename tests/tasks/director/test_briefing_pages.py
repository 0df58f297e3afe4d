"""Test the way to a draft for the lead member through the real pages, from the Monday mail on."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tasks.links.secure_link import Links
from tests.harness import World, snapshot
from tests.support.medway_pages import medway_pages
from tests.tasks.director.drafted import ABOUT, REF, state, world
from web.app import create_app

__all__ = ["world"]


# The director's list and the Monday mail


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    pages = medway_pages(world.settings.base_url)
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        yield client


def own_list(world: World, client: TestClient, to: str = "director") -> str:
    client.post("/mine", data={"address": world.address(to)})
    mail = world.expect_mail(to=to, about="link to your tasks")
    return next(word for word in mail.text.split() if "/mine/" in word).removeprefix(world.settings.base_url)


@pytest.mark.slow("lives from the Monday mail to the release")
def test_from_the_monday_mail_to_the_release(world: World, client: TestClient) -> None:
    world.at("Tue 26 Nov 2019 08:25").monday()
    world.at("Tue 26 Nov 2019 08:30").deliver()
    said = " ".join(world.expect_mail(to="director", about="the week from").text.split())
    assert "On your own list: 1 draft for the lead member, to release or discard. Ask for your list here:" in said
    path = own_list(world, client)
    page = client.get(path).text
    assert "Drafts for the lead member" in page
    (draft,) = re.findall(rf'href="({path}/briefing/[^"]+)"', page)
    before = snapshot(world.store)
    for method in ("GET", "HEAD", "GET"):
        assert client.request(method, draft).status_code == 200
    assert snapshot(world.store) == before
    (seen,) = re.findall(r'name="seen" value="(\w+)"', client.get(draft).text)
    assert client.post(draft, data={"seen": seen}).status_code == 422
    assert snapshot(world.store) == before
    done = client.post(draft, data={"seen": seen, "choice": "release"})
    assert (done.status_code, "Released" in done.text) == (200, True)
    assert "/briefing/" not in client.get(path).text
    world.at("Tue 26 Nov 2019 08:40").deliver()
    world.expect_mail(to="lead_member", about=ABOUT)


def test_the_page_closes_with_the_list(world: World, client: TestClient) -> None:
    path = own_list(world, client)
    world.at("Tue 26 Nov 2019 09:00")
    assert client.get(f"{path}/briefing/{REF}").status_code == 410
    assert client.post(f"{path}/briefing/{REF}", data={"choice": "release"}).status_code == 410
    assert state(world) == ["waiting"]


def test_another_persons_list_opens_no_draft(world: World, client: TestClient) -> None:
    path = own_list(world, client, "chief_executive")
    assert "/briefing/" not in client.get(path).text
    page = client.get(f"{path}/briefing/{REF}")
    assert page.status_code == 404
    assert "Thursday 28 November" not in page.text
    assert client.post(f"{path}/briefing/{REF}", data={"choice": "release"}).status_code == 409
    assert state(world) == ["waiting"]
