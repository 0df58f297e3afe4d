"""Test the feed of a person or a post, from its address to the calendar that fetches it, over a real store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from tasks.links.calendar_feed import CalendarFeeds, Feed, feed_entries, feed_url, feed_url_if_made, link, revoke
from tasks.links.secure_link import Links
from tests.harness import World, first_panel, snapshot
from tests.support.medway_pages import medway_pages
from tests.support.stated import people, variant
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.ical.entries import uid
from timeline.ical.feeds import Reader
from timeline.letters.page_views import DeadLink
from web.app import create_app

PANEL, CASES = "plo-panel/1", "plo-panel/1/cases"
LEAD = "performance_lead"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the first mails about the first panel have left; it is Wed 28 Aug 2019 10:00."""
    with first_panel(tmp_path) as world:
        yield world.at("Wed 28 Aug 2019 10:00")


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    pages = medway_pages(world.settings.base_url)
    app = create_app(Links(world.settings), pages, feeds=CalendarFeeds(world.settings))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def path(url: str) -> str:
    return "/calendar/" + url.rpartition("/")[2]


def opened(world: World, url: str) -> Feed | DeadLink:
    token = url.rpartition("/")[2].removesuffix(".ics")
    return CalendarFeeds(world.settings).open_feed(token, at=world.now)


def events(feed: Feed | DeadLink) -> dict[str, Any]:
    """Give them by uid; that none stands there twice is part of reading it."""
    assert isinstance(feed, Feed)
    calendar: Any = Calendar.from_ical(feed.content)
    given = calendar.walk("VEVENT")
    assert len({str(each["UID"]) for each in given}) == len(given) > 0
    return {str(each["UID"]): each for each in given}


def test_a_calendar_fetches_its_readers_meetings_and_due_dates(world: World, client: TestClient) -> None:
    url = feed_url(world.store, world.settings, world.person(LEAD), at=world.now)
    assert url.startswith(f"{world.settings.base_url}/calendar/")
    got = client.get(path(url))
    assert (got.status_code, got.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    given = events(Feed(got.content, ""))
    assert {uid("medway", PANEL), uid("medway", CASES)} <= set(given)
    assert str(given[uid("medway", CASES)]["TRANSP"]) == "TRANSPARENT"
    again = client.get(path(url), headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_fetching_changes_nothing(world: World, client: TestClient) -> None:
    url = feed_url(world.store, world.settings, world.person(LEAD), at=world.now)
    before = snapshot(world.store)
    for _ in range(3):
        client.get(path(url))
        client.head(path(url))
        client.get("/calendar/zzzzzzzzzzzzzzzz.ics")
    assert snapshot(world.store) == before


def test_the_address_stays_the_same_and_is_kept_only_as_a_hash(world: World) -> None:
    person = world.person(LEAD)
    assert feed_url_if_made(world.store, world.settings, person) == ""
    url = feed_url(world.store, world.settings, person, at=world.now)
    assert feed_url(world.store, world.settings, person, at=world.now) == url
    assert feed_url_if_made(world.store, world.settings, person) == url
    token = path(url).removeprefix("/calendar/").removesuffix(".ics")
    assert token not in str(snapshot(world.store))
    assert [audit_event.what for audit_event in world.store.audit.events()].count("calendar link made") == 1


def test_a_tag_changes_when_a_day_does_and_with_nothing_else(world: World) -> None:
    url = link(world.store, world.settings, Reader(post=LEAD), at=world.now)
    first = opened(world, url)
    world.answer(CASES, Answer.ACKNOWLEDGED, by=LEAD)
    world.at("Wed 28 Aug 2019 11:00")
    same = opened(world, url)
    world.know("moved", "Mon 16 Sep 2019", of=PANEL)
    moved = opened(world, url)
    assert isinstance(first, Feed)
    assert isinstance(same, Feed)
    assert isinstance(moved, Feed)
    assert first.etag == same.etag != moved.etag
    assert first.content != same.content
    sequences = [int(events(feed)[uid("medway", PANEL)]["SEQUENCE"]) for feed in (first, moved)]
    assert sequences == [0, 1]
    assert int(events(moved)[uid("medway", CASES)]["SEQUENCE"]) == 1


def test_a_cancelled_panel_says_so_for_thirty_days_and_its_tasks_are_gone(world: World) -> None:
    url = link(world.store, world.settings, Reader(post="plo_panel_chair"), at=world.now)
    world.know("cancelled", "Wed 28 Aug 2019", of=PANEL)
    given = events(opened(world, url))
    assert str(given[uid("medway", PANEL)]["STATUS"]) == "CANCELLED"
    assert uid("medway", CASES) not in given
    world.at("Fri 27 Sep 2019 10:01")
    assert uid("medway", PANEL) not in events(opened(world, url))


def test_revoked_the_old_address_is_closed_and_the_new_one_opens(world: World, client: TestClient) -> None:
    reader = Reader(person=world.person(LEAD))
    old = link(world.store, world.settings, reader, at=world.now)
    new = revoke(world.store, world.settings, reader, at=world.now)
    assert old != new == link(world.store, world.settings, reader, at=world.now)
    assert (client.get(path(old)).status_code, client.get(path(new)).status_code) == (410, 200)


def test_the_feed_of_somebody_who_has_left_is_closed_and_that_of_the_post_goes_on(world: World) -> None:
    person = link(world.store, world.settings, Reader(person=world.person(LEAD)), at=world.now)
    post = link(world.store, world.settings, Reader(post=LEAD), at=world.now)
    newcomer = {"name": "A Newcomer", "address": "newcomer@medway.example", "holds": LEAD}
    world.apply(variant(world.home, people=people(performance_lead=None, newcomer=newcomer)))
    assert opened(world, person) == DeadLink("closed")
    assert events(opened(world, post))


def test_no_other_link_opens_a_feed_and_a_feeds_opens_no_page(world: World, client: TestClient) -> None:
    url = link(world.store, world.settings, Reader(person=world.person(LEAD)), at=world.now)
    token = path(url).removeprefix("/calendar/").removesuffix(".ics")
    assert client.get(f"/r/{token}").status_code == 410
    assert client.get(f"/mine/{token}").status_code == 410


def test_whoever_stands_above_all_duties_sees_each_once(world: World) -> None:
    reader = Reader(person=world.person("chief_executive"))
    entries = feed_entries(world.store, world.timeline, reader, at=at("Wed 28 Aug 2019 10:00"))
    assert len({entry.uid for entry in entries}) == len(entries) > 30
