"""Test the front page: what needs somebody now and the picture, for administrators and for nobody else."""

from dataclasses import replace

import pytest

from tests.web.administrators.steered import MemorySteering, browsing
from timeline.definitions.facts import Embargo
from timeline.steering.today import today


@pytest.fixture(scope="module")
def steering() -> MemorySteering:
    return MemorySteering()


def test_an_administrator_sees_what_needs_somebody_with_reasons_the_law_and_the_picture(
    steering: MemorySteering,
) -> None:
    page = browsing(steering).get("/").text
    needs, _, law = page.partition("Legal dates in the next four weeks")
    assert 'href="/task/action-plan/1/sign-off"' in needs
    assert "Red" in needs
    assert "2 drafts for the lead member wait" in needs
    assert 'href="/task/action-plan/1"' in law.partition("<h2")[0]
    assert page.count("<svg ") == 2
    assert page.count(steering.today("medway", at=steering.at).picture.headline) >= 3
    assert "Thu 28 Nov 2019" in page.rpartition("<table")[2]
    assert "<code>action-plan/1</code>" in page


def test_nobody_else_sees_anything_of_it(steering: MemorySteering) -> None:
    page = browsing(steering, client="192.0.2.7").get("/").text
    assert "<svg " not in page
    assert "action-plan" not in page
    assert "For officers" in page


def test_two_councils_have_a_picture_each_without_a_common_id(steering: MemorySteering) -> None:
    browser = browsing(steering, councils=("anytown", "medway"))
    page = browser.get("/").text
    assert page.count("<svg ") == 4
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert browser.get("/?council=medway").text.count("<svg ") == 2


def test_after_a_late_go_live_it_asks_about_what_was_due_before_and_says_when_mails_begin() -> None:
    page = browsing(MemorySteering(live="Fri 29 Nov 2019")).get("/").text
    asked = page.partition("Was this done?")[2].partition("<h2")[0]
    assert "<code>action-plan/1/submitted</code>" in asked
    assert "plo-panel" not in asked, "A task of class C is asked about."
    assert "The first mails leave on " in page


def test_a_date_of_law_under_an_embargo_is_named_only_to_whom_may_hear_of_it(steering: MemorySteering) -> None:
    plan = steering.work
    for circle, heard in (("director", False), (plan.timeline.council.programme_lead, True)):
        embargo = Embargo(circulation=frozenset({circle}), until=None)
        hidden = [
            replace(each, embargoes=(embargo,)) if each.ref == "action-plan/1" else each for each in plan.occurrences
        ]
        page = today(replace(plan, occurrences=hidden), council="medway", assurance=None, at=steering.at)
        assert ("action-plan/1" in [date.ref for date in page.law]) is heard
