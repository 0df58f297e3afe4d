"""Test the pages of the programme team over a store that has lived some days: tasks, people and the start page."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tests.cli.house import Commands
from tests.harness import World
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Live Medway from the first apply to a morning on which people were asked and one needs help."""
    home: Path = tmp_path_factory.mktemp("steered")
    with World(home) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30")
        world.at("Wed 28 Aug 2019 11:00")
        world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
        yield world.at("Wed 28 Aug 2019 12:00")


def browsing(world: World, client: str = "127.0.0.1") -> TestClient:
    return TestClient(pages(world.settings), base_url=world.settings.base_url, client=(client, 50000))


def seen(world: World, path: str) -> str:
    answer = browsing(world).get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(answer.text).split())


def test_the_page_of_a_task_says_all_that_show_and_why_know(lived: World, capsys: pytest.CaptureFixture[str]) -> None:
    page, daymark = seen(lived, f"/task/{CASES}"), Commands(capsys)
    duty, *shown = daymark("show", CASES).out.splitlines()[1:]
    for line in (*duty.split(", "), *shown, *daymark("why", CASES).out.splitlines()[1:]):
        said = line.partition(" When it is known: daymark")[0].strip()
        colour = re.match(r"(red|amber|green|grey): (.*[.]) (On .*)", said)
        for part in colour.groups()[1:] if colour else said.split("  "):
            assert part in page, part
    assert "Two people short" in page


def test_the_page_of_an_occurrence_lists_its_tasks_with_links(lived: World) -> None:
    page = seen(lived, "/task/action-plan/1")
    assert 'href="/task/action-plan/1/submitted"' in page
    assert "Legal date Thursday 28 November 2019" in page


def test_what_is_called_by_no_name_is_told_and_others_learn_nothing(lived: World) -> None:
    answer = browsing(lived).get("/task/action-plan/9/nothing")
    assert (answer.status_code, "Nothing is called “action-plan/9/nothing”" in answer.text) == (404, True)
    outsider = browsing(lived, "192.0.2.1")
    assert outsider.get(f"/task/{CASES}").text == outsider.get("/nowhere").text
