"""Test the page of a board over a real store: its link, and a whole embargo of which it tells nothing."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tasks.links.board import Boards, link, revoke
from tasks.links.calendar_feed import CalendarFeeds
from tasks.links.secure_link import Links
from tests.harness import World, snapshot
from tests.support.stated import pack, variant
from timeline.boards.page import BoardView
from timeline.calendar.wording import long_date, short_date
from timeline.definitions.facts import under_embargo
from timeline.letters.page_views import DeadLink

BOARD = "improvement-board"
# The duty is due soon enough, and its ladders begin early enough, to be red within the embargo.
SOON = {"action-plan": "9 working days after report_received"}
EARLY = [
    {"rung": "first-notice", "when": "30 working days before", "to": "owner", "unless": "acknowledged"},
    {"rung": "to-the-director", "when": "7 working days before", "to": "director", "unless": "done"},
    {"rung": "overdue", "when": "1 working day after", "to": "owner", "unless": "done"},
]
DAYS = ("Wed 21 Aug 2019", "Thu 22 Aug 2019", "Fri 23 Aug 2019", "Mon 26 Aug 2019")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        stated = variant(tmp_path, live_from="2019-08-21", shadow_until="never")
        rules = pack(tmp_path / "rules", rules=SOON, preparation=EARLY, submission=EARLY)
        world.at("Wed 21 Aug 2019 07:00").apply(stated, rules=rules)
        yield world


@pytest.fixture
def client(world: World) -> TestClient:
    return TestClient(pages(world.settings), base_url="http://localhost")


def path_of(world: World, duty: str = BOARD) -> str:
    return link(world.store, world.settings, duty, at=world.now, who="the story").removeprefix(world.settings.base_url)


def embargoed_words(world: World) -> set[str]:
    """Give the dates and titles of what only its circulation may know now."""
    secret = [
        milestone
        for occurrence in world.store.plan.occurrences()
        for milestone in occurrence.milestones
        if under_embargo(milestone.embargoes, at=world.now)
    ]
    assert secret
    days = {on for milestone in secret for on in (milestone.due_on, milestone.legal_on) if on}
    return {milestone.title for milestone in secret} | {word(on) for on in days for word in (short_date, long_date)}


def names(world: World) -> set[str]:
    """Give the names of people, but for those that are called by their post, and their addresses."""
    directory = world.timeline.directory
    posts = " ".join(post.title.lower() for post in directory.posts.values())
    people = directory.people.values()
    return {person.name for person in people if person.name.lower() not in posts} | {p.address for p in people}


def test_through_a_whole_embargo_it_tells_no_word_of_it_and_no_name(world: World, client: TestClient) -> None:
    path = path_of(world)
    for day in DAYS:
        world.live(f"{day} 08:30")
        secret = embargoed_words(world)
        told = unescape(client.get(path).text)
        view = _view(world, path)
        assert view.coming == ()
        # Shaded days, the thirtieth working day ahead and the day itself are told for their own sake.
        public = re.sub("<rect[^>]*><title>[^<]*</title>", "", told).replace(view.until, "")
        assert [word for word in secret if word in public and day not in (word, _short(word))] == [], day
        assert [name for name in names(world) if name in told] == [], day
        assert "@" not in told
    world.live("Tue 27 Aug 2019 08:30")
    told = unescape(client.get(path).text)
    assert "Action plan to Ofsted and the Secretary of State" in told
    assert [name for name in names(world) if name in told] == []


def _short(long: str) -> str:
    """Give "Thu 22 Aug 2019" for "Thursday 22 August 2019"."""
    weekday, *others = long.split()
    return " ".join((weekday[:3], *(word[:3] if word.isalpha() else word for word in others)))


def _view(world: World, path: str) -> BoardView:
    view = Boards(world.settings).open_board(path.rpartition("/")[2], at=world.now)
    assert not isinstance(view, DeadLink)
    return view


def test_the_token_opens_the_board_alone_and_looking_changes_nothing(world: World, client: TestClient) -> None:
    path = path_of(world)
    before = snapshot(world.store)
    page = client.get(path)
    assert (page.status_code, client.head(path).status_code, client.post(path).status_code) == (200, 200, 405)
    assert snapshot(world.store) == before
    token = path.rpartition("/")[2]
    assert token not in page.text
    assert token not in str(page.headers)
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert Links(world.settings).open_link(token, at=world.now) == DeadLink("unknown")
    assert CalendarFeeds(world.settings).open_feed(token, at=world.now) == DeadLink("unknown")
    assert token not in str(before)
    assert [client.get(f"/board/{wrong}").status_code for wrong in ("a" * 16, "short")] == [410, 404]
    assert not re.search(r"<(form|script|button)", page.text)


def test_a_link_stays_the_same_until_it_is_revoked_and_the_next_is_another(world: World, client: TestClient) -> None:
    assert not revoke(world.store, world.settings, BOARD, at=world.now, who="the story")
    path = path_of(world)
    assert path_of(world) == path
    other = path_of(world, "plo-panel")
    assert revoke(world.store, world.settings, BOARD, at=world.now, who="the story")
    closed = client.get(path)
    assert (closed.status_code, client.get(other).status_code) == (410, 200)
    assert "This address of the board’s page is closed." in closed.text
    again = path_of(world)
    assert again != path
    assert client.get(again).status_code == 200
    made = [event for event in world.store.audit.events() if event.what.startswith("board link")]
    assert [(event.what, event.for_whom) for event in made][:3] == [
        ("board link made", "duty:improvement-board"),
        ("board link made", "duty:plo-panel"),
        ("board link replaced", "duty:improvement-board"),
    ]


def test_it_is_dead_when_no_meeting_of_the_board_is_to_come(world: World, client: TestClient) -> None:
    path = path_of(world)
    world.at("Tue 27 Aug 2019 08:30").decide("improvement-board", "improvement-board-birth")
    assert client.get(path).status_code == 200
    world.at("Mon 4 Jan 2021 09:00")
    assert client.get(path).status_code == 410
