"""Test that each page of the administrators leads to every other, in the council of the address."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from tests.web.administrators.test_assurance import MemoryAssurances
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryAbsences, MemoryDoor, MemoryReviews
from web.app import create_app


class MemoryCouncils:
    """Name the councils of a test, in memory."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys

    def names(self) -> Mapping[str, str]:
        return {key: f"{key.title()} Council" for key in self.keys}


def browsing(*councils: str, client: str = "127.0.0.1") -> TestClient:
    settings = page_settings(base_url="http://127.0.0.1:8480")
    app = create_app(
        MemoryDoor(),
        settings,
        MemoryReviews(),
        assurances=MemoryAssurances(),
        absences=MemoryAbsences(),
        councils=MemoryCouncils(*councils),
    )
    return TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000))


@pytest.mark.parametrize("page", ["/", "/assurance", "/review", "/absences"])
def test_each_page_leads_to_every_other_and_marks_itself(page: str) -> None:
    text = browsing("medway").get(page).text
    assert [place for place in ("/", "/review", "/absences", "/assurance") if f'href="{place}"' not in text] == []
    assert text.count('aria-current="page"') == 1
    assert f'href="{page}" aria-current="page"' in text
    assert 'href="/mail"' not in text, "A place that this Daymark does not serve is offered."


def test_nobody_else_is_led_anywhere() -> None:
    outsider = browsing("medway", client="192.0.2.7")
    assert 'href="/assurance"' not in outsider.get("/").text
    assert outsider.get("/assurance").text == outsider.get("/nowhere").text


def test_of_several_councils_the_address_names_the_one_that_every_link_keeps() -> None:
    text = browsing("anytown", "medway").get("/absences?council=medway").text
    assert 'href="/assurance?council=medway"' in text
    assert 'href="/absences?council=anytown"' in text
    assert 'href="/absences?council=medway" aria-current="true"' in text
    assert "council=" not in browsing("medway").get("/absences").text
