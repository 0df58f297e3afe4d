"""Test how a house begins: its timeline once, and mail to see at any hour of any day."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli.run.first_start import _first_instant, first_run, prepare
from config.settings import ROOT, Settings, using
from models.store import Store
from tasks import clock
from tasks.council.ledger import stores
from tests.harness import World
from tests.support import rotation
from tests.support.stated import people, variant

DEMO = ROOT / "config/timelines/demo.yaml"
MOMENTS = (
    "Mon 23 Nov 2026 03:00",
    "Mon 30 Nov 2026 08:18",
    "Wed 25 Nov 2026 10:00",
    "Sat 28 Nov 2026 12:00",
    "Fri 25 Dec 2026 10:00",
)


def given(world: World, file: Path) -> Settings:
    return world.settings.model_copy(update={"timeline": file})


def run_everything_once(world: World) -> None:
    """Run it in a thread: another test's event loop may be at work here."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, first_run(world.now)).result()


def test_an_empty_store_gets_the_file_and_a_full_one_keeps_what_it_has(empty: World) -> None:
    assert prepare(given(empty, DEMO)) == ("Demo Council (the Medway case): the timeline of demo.yaml was applied.")
    assert prepare(given(empty, DEMO)) == ""
    assert prepare(given(empty, variant(empty.home))).startswith("medway.yaml differs from what is stored: ")
    assert [store.council for store in stores(empty.settings)] == ["demo"]


def test_warnings_of_the_first_file_are_told_and_placeholders_at_each_start_with_a_real_server(empty: World) -> None:
    twice = people(extra={"name": "Extra", "address": "extra@medway.example", "holds": "legal_lead"})
    file = given(empty, variant(empty.home, people=twice))
    told = prepare(file).splitlines()
    assert "people.extra.holds, entry 1: legal_lead has another holder here." in told[0]
    assert told[-1] == "Medway Council: the timeline of medway.yaml was applied."
    assert prepare(file) == ""
    (warned,) = prepare(file.model_copy(update={"mail_url": "daymarkmail://mail.council.gov.uk:25/"})).splitlines()
    assert warned.startswith("warning: medway: chief-executive: Found “chief.executive@medway.example”, a placeholder")


def test_a_file_that_has_changed_is_told_and_not_applied(empty: World) -> None:
    file = variant(empty.home)
    prepare(given(empty, file))
    variant(empty.home, shadow_until="never")
    assert prepare(given(empty, file)).startswith("medway.yaml differs from what is stored: run daymark preview")
    assert empty.timeline.council.shadow_until is not None


@pytest.mark.slow("decides and sends all that a council has to say, twice")
@pytest.mark.parametrize("moment", rotation.part(MOMENTS, one_in=3, always=("Mon 30 Nov 2026 08:18",)))
def test_at_any_hour_the_first_run_has_something_to_say_and_a_second_has_nothing(empty: World, moment: str) -> None:
    empty.at(moment)
    with using(given(empty, DEMO)) as settings:
        prepare(settings)
        first = _first_instant(empty.now)
        assert first <= empty.now
        # What the flows do, without Prefect.
        empty.store = Store(empty.store.engine, "demo")
        duties = [duty.key for duty in empty.timeline.obligations]
        empty.now = first
        for sent in (True, False):
            with clock.earlier(first):
                empty.decide(*duties)
                empty.monday()
                assert bool(empty.deliver().messages) == sent
        mails = empty.mails(ever=True)
        assert mails
        assert len(mails) == len({opened_mail.raw for opened_mail in mails})


@pytest.mark.slow("lives a first day through the flows, twice")
@pytest.mark.parametrize("moment", rotation.part(MOMENTS, one_in=5))
def test_at_any_hour_there_is_mail_to_see_and_a_second_start_sends_none(
    empty: World, prefect_api: str, moment: str
) -> None:
    empty.at(moment)
    with using(given(empty, DEMO)) as settings:
        prepare(settings)
        run_everything_once(empty)
        first = [opened_mail.raw for opened_mail in empty.mails(ever=True)]
        assert first
        run_everything_once(empty)
        assert [opened_mail.raw for opened_mail in empty.mails(ever=True)] == first
