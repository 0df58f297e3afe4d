"""Test the page of assurance: who may see it, what it shows, and the address that Prefect calls."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from tests.timeline.literals import at, day
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.assurance import ChannelSeen, Figures
from timeline.assurance.report import AssuranceView, PastRun
from web.app import create_app

TOKEN = "a" * 16
VIEW = AssuranceView(
    council_name="Medway Council",
    at=at("Mon 2 Sep 2019 08:45"),
    since=at("Fri 30 Aug 2019 08:45"),
    sentence="5 due, 4 sent, 4 delivered, 0 answered, 1 unexplained.",
    duties={"PLO panel": Figures(due=5, sent=4, delivered=4, unexplained=1)},
    unexplained=("PLO panel (plo-panel/1/papers), Head of Service: It was written, and its row is gone.",),
    ahead=(f"Director of People, for PLO panel, from {day('Mon 7 Oct 2019'):%d %B}: The post has no holder.",),
    channels=(ChannelSeen(name="mail", told="A message to ourselves was refused.", works=False),),
    runs=(PastRun(at("Mon 2 Sep 2019 08:45"), "5 due, 4 sent, 1 unexplained.", True),),
)


@dataclass
class MemoryAssurances:
    """Tell what the page asks for, in memory."""

    shown: tuple[AssuranceView, ...] = (VIEW,)
    told: list[datetime] = field(default_factory=list)

    def views(self, *, at: datetime) -> tuple[AssuranceView, ...]:
        return self.shown

    def needs_somebody(self) -> bool:
        return bool(self.shown and self.shown[0].unexplained)

    def tell_of_silence(self, token: str, *, at: datetime) -> bool:
        if token != TOKEN:
            return False
        self.told.append(at)
        return True


@pytest.fixture
def assurances() -> MemoryAssurances:
    return MemoryAssurances()


def browsing(assurances: MemoryAssurances, client: str = "127.0.0.1") -> TestClient:
    settings = page_settings(base_url="http://127.0.0.1:8480")
    app = create_app(MemoryDoor(), settings, assurances=assurances)
    return TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000))


def test_an_administrator_sees_the_page_and_finds_it_from_the_front_page(assurances: MemoryAssurances) -> None:
    browser = browsing(assurances)
    page = browser.get("/assurance").text
    assert all(text in page for text in (*VIEW.unexplained, *VIEW.ahead, "Does not work", "1 unexplained"))
    assert 'href="/assurance"' in browser.get("/").text


def test_to_anybody_else_there_is_no_page(assurances: MemoryAssurances) -> None:
    theirs = browsing(assurances, "192.0.2.1")
    assert theirs.get("/assurance").status_code == 404
    assert theirs.get("/assurance").text == theirs.get("/nowhere").text
    assert "/assurance" not in theirs.get("/").text


def test_before_the_first_assurance_it_says_so(assurances: MemoryAssurances) -> None:
    assurances.shown = (AssuranceView(council_name="Medway Council", duties={}),)
    assert "There has been no assurance yet" in browsing(assurances).get("/assurance").text


def test_prefect_calls_by_an_address_that_nobody_else_knows(assurances: MemoryAssurances) -> None:
    caller = browsing(assurances, "192.0.2.1")
    assert caller.post(f"/assurance/silent/{TOKEN}", json={}).status_code == 204
    assert len(assurances.told) == 1
    assert caller.post(f"/assurance/silent/{'b' * 16}").status_code == 404
    assert caller.get(f"/assurance/silent/{TOKEN}").status_code == 405
    assert len(assurances.told) == 1
