"""Test that each request is narrowed anew: what a server hands over from the request before counts for nothing."""

import asyncio

import httpx

from tests.web.administrators.test_assurance import MemoryAssurances
from tests.web.administrators.test_navigation import MemoryCouncils
from tests.web.administrators.test_quiet import BRIEF, EVERYTHING, MemoryQuiets
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor, MemoryReviews
from web.app import create_app

HEADER, NOBODY_HERE = "X-Daymark-User", "somebody.else@anytown.example"
ADMITTED = {"lead@medway.example": frozenset({"medway"}), "region@region.example": None}
HOUSE = "http://127.0.0.1:8480"


def asked(*requests: tuple[str, str]) -> list[httpx.Response]:
    """Ask for each path as that person, all in the same task, as behind a connection whose context is kept."""
    app = create_app(
        MemoryDoor(),
        page_settings(base_url=HOUSE, identity_header=HEADER),
        MemoryReviews(),
        assurances=MemoryAssurances(),
        councils=MemoryCouncils("anytown", "medway"),
        quiets=MemoryQuiets(),
        admits=lambda who: ADMITTED.get(who, frozenset()),
    )

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=HOUSE) as client:
            return [await client.get(path, headers={HEADER: who} if who else {}) for path, who in requests]

    return asyncio.run(ask())


def test_whoever_is_admitted_to_nothing_sees_nothing_however_often_they_ask() -> None:
    first, second = asked(("/assurance", NOBODY_HERE), ("/assurance", NOBODY_HERE))
    assert (first.status_code, second.status_code) == (404, 404)


def test_after_somebody_who_is_admitted_to_nothing_an_administrator_sees_their_pages() -> None:
    _, theirs = asked(("/assurance", NOBODY_HERE), ("/assurance", "lead@medway.example"))
    assert theirs.status_code == 200


def test_after_an_administrator_an_officer_is_led_nowhere_and_reads_no_more_than_is_theirs() -> None:
    before, after = asked(("/", "region@region.example"), ("/r/aaaaaaaaaaaaaaaa", ""))
    assert 'href="/assurance"' in before.text
    assert EVERYTHING in before.text
    assert 'href="/assurance"' not in after.text
    assert (BRIEF in after.text, EVERYTHING in after.text) == (True, False)
    (_, elsewhere) = asked(("/", "region@region.example"), ("/nowhere", ""))
    assert EVERYTHING not in elsewhere.text
