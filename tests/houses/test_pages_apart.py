"""Test that no page, file or form of an administrator of one council tells or changes anything of the other."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from cli.run.first_start import pages
from config.settings import Settings
from tasks.houses.admitted import Admitted
from tests.harness import World, snapshot
from tests.houses.two import HEADER, OTHER, QUILLON, ZEPHYR, links, readable, store_of
from web.administrators.navigation import is_theirs

OVERSEER = "region.lead@region.example"
# What a crawl leaves out: the same form for each of hundreds of tasks, and pictures of the same plan.
_MOST_OF_A_KIND = 5


@pytest.fixture(scope="module")
def given(two: World) -> Settings:
    """Give the settings of the house: who administers which council stands in each council's folder."""
    for word in OTHER:
        folder = two.home / "region" / word
        folder.mkdir(parents=True)
        (folder / "settings.yaml").write_text(f"administrators: ['{word}.lead@region.example']\n")
    changes = {"timeline": two.home / "region", "identity_header": HEADER, "sees_all": OVERSEER, "sees_all_key": KEY}
    return Settings.given(**{name: getattr(two.settings, name) for name in two.settings.model_fields_set} | changes)


KEY = "a-key-of-the-tests-that-sees-every-council"


def test_every_page_of_administrators_is_narrowed_to_the_councils_of_whoever_asks(given: Settings) -> None:
    """Test that no page is left out of the paths that are narrowed: it would show every council to everybody."""
    with TestClient(pages(given)) as client:
        served = [route for route in cast("Starlette", client.app).routes if isinstance(route, Route)]
    theirs = [route.path for route in served if route.endpoint.__module__.startswith("web.administrators")]
    assert len(theirs) > 20
    assert [path for path in theirs if not is_theirs(path)] == []


def browsing(given: Settings, who: str = "") -> TestClient:
    headers = {HEADER: who} if who else {}
    return TestClient(pages(given), base_url=given.base_url, client=("10.0.0.9", 50000), headers=headers)


def crawled(client: TestClient, begin: str = "/") -> Iterator[tuple[str, str]]:
    """Give each page and file that can be reached, with what it says; of a kind of address a few."""
    waiting, seen, kinds = [begin], {begin}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = path.partition("?")[0].split("/")[1]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > _MOST_OF_A_KIND or path.startswith("/static"):
            continue
        answer = client.get(path)
        yield path, readable(answer.content)
        if "html" in answer.headers.get("content-type", ""):
            new = [each for each in links(answer.text) if each not in seen]
            seen.update(new)
            waiting += new


@pytest.mark.slow("reads every kind of page of a council")
def test_an_administrator_of_one_council_reads_no_word_of_the_other(given: Settings) -> None:
    client = browsing(given, "Zephyr.Lead@region.example")
    said = dict(crawled(client))
    assert {"/timeline", "/people", "/changes", "/reports", "/review", "/absences", "/assurance"} <= {*said}
    assert {path for path, words in said.items() if QUILLON in words} == set()
    assert sum(ZEPHYR in words for words in said.values()) > 15
    report = readable(client.get("/reports/file?kind=accountability&format=docx").content)
    assert (ZEPHYR in report, QUILLON in report) == (True, False)
    # What all councils share is nobody's who may not see all.
    for path in ("/mail", "/councils", "/mail/1"):
        assert client.get(path).text == client.get("/nowhere").text
    home = said["/"]
    assert "/councils" not in home
    assert "prefect" not in home


@pytest.mark.slow("sends every form of another council")
def test_what_is_asked_by_a_crafted_address_or_form_is_as_if_there_were_no_other(two: World, given: Settings) -> None:
    client, before = browsing(given, "zephyr.lead@region.example"), snapshot(store_of(two, QUILLON))
    for path in ("/timeline", "/timeline.csv", "/timeline.svg", "/people", "/reports", "/task/plo-panel/1"):
        answer = client.get(f"{path}?council={QUILLON}")
        assert (answer.status_code, f"{QUILLON} " in answer.text.lower()) == (404, False), path
    same = {"Sec-Fetch-Site": "same-origin"}
    for path in {each for each in links(client.get("/changes").text) if each.startswith("/changes/")}:
        name = path.partition("?")[0]
        for do in ("look", "confirm"):
            typed = {"council": QUILLON, "do": do, "ref": "plo-panel/1", "person": "performance-lead", "seen": "x"}
            answer = client.post(name, data=typed, headers=same)
            assert f"{QUILLON} " not in answer.text.lower(), name
    assert snapshot(store_of(two, QUILLON)) == before


def test_who_may_see_all_has_the_list_two_clicks_from_home_in_the_order_of_names(given: Settings) -> None:
    client = browsing(given, OVERSEER.upper())
    assert 'href="/councils"' in client.get("/").text
    page = client.get("/councils").text
    assert "<title>Councils – Improvement programmes</title>" in page
    assert "2 councils, by name: 2 amber." in page
    assert 0 < page.index("Quillon Council") < page.index("Zephyr Council")
    assert [f'href="/?council={word}"' in page for word in OTHER] == [True, True]
    assert client.get(f"/?council={ZEPHYR}").status_code == 200


@pytest.mark.parametrize("who", ["", "stranger@region.example", "zephyr.lead@region.example.evil"])
def test_for_everybody_else_there_is_no_page_of_the_administrators(given: Settings, who: str) -> None:
    client = browsing(given, who)
    for path in ("/councils", "/timeline", "/review", "/assurance", "/changes"):
        assert (client.get(path).status_code, client.get(path).text) == (404, client.get("/nowhere").text)
    assert [word in client.get("/").text.lower() for word in OTHER] == [False, False]


def test_of_several_councils_a_login_alone_opens_none(two: World, given: Settings) -> None:
    nobody_named = given.model_copy(update={"sees_all": "", "timeline": two.home})
    assert browsing(nobody_named, "zephyr.lead@region.example").get("/timeline").status_code == 404
    on_this_machine = TestClient(pages(two.settings), base_url=two.settings.base_url, client=("127.0.0.1", 50000))
    assert on_this_machine.get("/councils").status_code == 200


@pytest.mark.parametrize(
    ("stated", "strangers"), [("administrators: []", None), ("administrators: lead@medway.example", frozenset())]
)
def test_the_only_council_is_everybodys_until_its_settings_name_or_fail_to_name_somebody(
    tmp_path: Path, stated: str, strangers: frozenset[str] | None
) -> None:
    with World(tmp_path) as world:
        world.apply()
        (tmp_path / "region" / "medway").mkdir(parents=True)
        (tmp_path / "region" / "medway" / "settings.yaml").write_text(f"{stated}\n")
        house = world.settings.model_copy(update={"timeline": tmp_path / "region"})
        assert Admitted(house).councils("stranger@region.example") == strangers


def test_a_program_with_the_key_of_all_reads_the_list_and_no_other_does(given: Settings) -> None:
    client = browsing(given)
    listed = client.get("/api/v1/councils", headers={"Authorization": f"Bearer {KEY}"}).json()
    assert [each["name"] for each in listed["councils"]] == ["Quillon Council", "Zephyr Council"]
    for key in ("", KEY[:-1], "a" * 16):
        assert client.get("/api/v1/councils", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert client.get("/api/v1", headers={"Authorization": f"Bearer {KEY}"}).status_code == 401
