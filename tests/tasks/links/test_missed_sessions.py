"""Test that the training lead alone reads who missed two sessions: on their list, and on no other page or export."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tasks.links import board, readers
from tests.harness import World
from tests.support.programmes import medways
from tests.tasks.links.test_own_actions import list_of
from timeline.letters.own_actions import own_programme
from timeline.programme.bodies import Session
from timeline.programme.updates import RecordUpdate

TWICE, ONCE = "pm_north_1", "pm_north_2"
SAID = ("pm north 1", TWICE)
DAYS = (date(2019, 9, 5), date(2019, 10, 3))
PAGES = (
    *("/", "/timeline", "/people", "/plan", "/risks", "/measures", "/boards", "/training", "/evidence", "/changes"),
    *("/changes/session", "/reports", "/assurance", "/review", "/training/training"),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Hold two sessions: a Practice Manager was at neither, another missed the second."""
    with World(tmp_path_factory.mktemp("missed")) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        given = medways()
        assert given.training
        training = replace(given.training, teams={"North": 6}, managers={TWICE: "North", ONCE: "North"})
        changed = replace(given, training=training)
        at = world.at("Wed 28 Aug 2019 10:00").now
        world.store.changes.apply(world.timeline, at=at, who="lead", source="x", digest="d2", programme=changed)
        world.at("Fri 4 Oct 2019 10:00")
        for on, absent in zip(DAYS, ((TWICE,), (TWICE, ONCE)), strict=True):
            part = Session(on=on, theme="x", trainer="", attended={"North": 4}, source="register", absent=absent)
            told = RecordUpdate(record="training", part=part, at=world.now, who="lead")
            world.store.programmes.update(told, at=world.now)
        yield world


@pytest.fixture(scope="module")
def browser(house: World) -> TestClient:
    return TestClient(pages(house.settings), base_url=house.settings.base_url, client=("127.0.0.1", 50000))


def test_the_training_lead_reads_who_missed_two_sessions_and_no_other_post_does(
    house: World, browser: TestClient
) -> None:
    page = " ".join(browser.get(list_of(house, "training_lead")).text.split())
    assert "<b>Pm north 1</b> (North)<br>Missed: Thu 5 Sep 2019, Thu 3 Oct 2019" in page
    assert "Pm north 2" not in page
    theirs = browser.get(list_of(house, "director"))
    assert (theirs.status_code, [word for word in SAID if word in theirs.text.lower()]) == (200, [])
    known, on = house.store.programmes.known(at=house.now), house.now.date()
    assert known
    posts = house.timeline.directory.posts
    assert {post for post in posts if own_programme(known.programme, house.timeline, (post,), on=on).missed} == {
        "training_lead"
    }


def test_no_other_page_and_no_table_of_the_api_tells_it(house: World, browser: TestClient) -> None:
    """Ask what is served; `tests/timeline/reports/test_year.py` asks every report and the export."""
    token = readers.give(house.store, house.settings, "power-bi", at=house.now, who="lead")
    headers = {"Authorization": f"Bearer {token}"}
    told = {page: browser.get(page).text for page in PAGES}
    told["board"] = browser.get(
        board.link(house.store, house.settings, "improvement-board", at=house.now, who="x")
    ).text
    listed = browser.get("/api/v1", headers=headers).json()["tables"]
    told |= {f"api {name}": browser.get(f"/api/v1/{name}", headers=headers).text for name in listed}
    assert min(map(len, told.values())) > 0
    assert {name for name, text in told.items() if any(word in text.lower() for word in SAID)} == set()
