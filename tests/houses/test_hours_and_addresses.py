"""Test that a council writes in its own working hours, and is reached alone at an address of its own."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from config.houses.own import own_hosts, pages_of
from config.settings import Settings
from tasks.links import board, calendar_feed
from tasks.sending.deliver import deliver
from tests.harness import World, tokens
from tests.houses.test_own_settings import house_of, settle
from tests.houses.two import HEADER, OTHER, QUILLON, ZEPHYR, everything_in, mails_of, pack, stated, store_of
from timeline.ical.feeds import Reader

ZEPHYRS, HOUSES = "https://daymark.zephyr.example", "http://127.0.0.1"
OVERSEER = {HEADER: "region.lead@region.example"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("own")) as world:
        world.at("Tue 27 Aug 2019 07:00")
        late = {"key": ZEPHYR, "name": "Zephyr Council", "mail_at": "10:00", "working_hours": "10:00-16:00"}
        for word in OTHER:
            own = {"council": late} if word == ZEPHYR else {}
            world.apply(stated(world.home, word, **own), rules=pack(world.home, word))
        settle(world.home / "region", ZEPHYR, base_url=ZEPHYRS)
        yield world


@pytest.fixture(scope="module")
def house(world: World) -> Settings:
    return house_of(world, world.home / "region", identity_header=HEADER, sees_all=OVERSEER[HEADER])


@pytest.fixture(scope="module")
def sent(world: World, house: Settings) -> dict[str, int]:
    """Let both decide and send at half past eight and at ten; give how many mails there were by half past eight."""
    _morning(world, house, "Wed 28 Aug 2019 08:30")
    early = {word: len(mails_of(world, word)) for word in OTHER}
    _morning(world, house, "Wed 28 Aug 2019 10:00")
    return early


def _morning(world: World, house: Settings, at: str) -> None:
    world.at(at)
    for word in OTHER:
        world.store = store_of(world, word)
        world.decide()
        deliver(world.store, house, at=world.now)


def test_each_council_writes_in_its_own_hours(world: World, sent: dict[str, int]) -> None:
    assert (sent[ZEPHYR], sent[QUILLON] > 0) == (0, True)
    assert len(mails_of(world, ZEPHYR)) > 0
    assert len(mails_of(world, QUILLON)) == sent[QUILLON]


@pytest.mark.usefixtures("sent")
def test_links_of_a_council_begin_with_its_own_address(world: World, house: Settings) -> None:
    assert own_hosts(house) == {"daymark.zephyr.example": {ZEPHYR}}
    for word, ours, theirs in ((ZEPHYR, ZEPHYRS, HOUSES), (QUILLON, HOUSES, ZEPHYRS)):
        store = store_of(world, word)
        assert pages_of(house, word).startswith(ours)
        said = [everything_in(mail.raw) for mail in mails_of(world, word)]
        assert [(f"{ours}" in words, f"{theirs}" in words) for words in said] == [(True, False)] * len(said)
        feed = calendar_feed.link(store, house, Reader(person="performance-lead"), at=world.now)
        shown = board.link(store, house, "improvement-board", at=world.now, who="test")
        assert (feed.startswith(ours), shown.startswith(ours)) == (True, True)


@pytest.mark.usefixtures("sent")
def test_at_the_address_of_a_council_there_is_no_other(world: World, house: Settings) -> None:
    first = {word: next(token for mail in mails_of(world, word) for token in tokens(mail)) for word in OTHER}
    opened = {
        url: {word: client.get(f"/r/{token}").status_code for word, token in first.items()}
        for url in (ZEPHYRS, house.base_url)
        for client in [at(house, url)]
    }
    assert opened == {ZEPHYRS: {ZEPHYR: 200, QUILLON: 410}, house.base_url: {ZEPHYR: 200, QUILLON: 200}}
    unknown = at(house, ZEPHYRS).get("/r/aaaaaaaaaaaaaaaa").text
    assert at(house, ZEPHYRS).get(f"/r/{first[QUILLON]}").text == unknown
    overseer = at(house, ZEPHYRS, **OVERSEER)
    assert [overseer.get(path).status_code for path in ("/timeline", "/councils", f"/timeline?council={QUILLON}")] == [
        200,
        404,
        404,
    ]
    assert QUILLON not in overseer.get("/").text.lower()
    assert at(house, house.base_url, **OVERSEER).get("/councils").status_code == 200
    assert at(house, "https://daymark.quillon.example").get("/health").status_code == 400


def at(house: Settings, url: str, **headers: str) -> TestClient:
    return TestClient(pages(house), base_url=url, client=("10.0.0.9", 50000), headers=headers)
