"""Test four months of Medway with nobody answering, through the real store and a real mail server."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.harness import DUTIES, World
from tests.timeline.literals import at, day
from timeline.escalation.prompts import PromptState
from timeline.forecast.rehearsal import rehearse

FIRST, LAST = "Tue 27 Aug 2019", "Fri 6 Dec 2019"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("lived")) as world:
        world.at(f"{FIRST} 07:00").apply()
        morning = at(f"{FIRST} 08:30")
        while morning.date() <= day(LAST):
            if morning.weekday() < 5:
                world.now = morning
                world.decide()
                world.deliver()
            morning += timedelta(days=1)
        yield world


def told(world: World, obligation: str) -> set[tuple[str, str]]:
    """Tell which posts heard of which milestone of a duty."""
    said = world.store.ledger.accepted(since=at(f"{FIRST} 00:00"), until=at(f"{LAST} 23:00"))
    keys = [(entry.prompt.key.milestone, entry.prompt.post) for entry in said]
    return {(ref, post) for ref, post in keys if ref.startswith(f"{obligation}/")}


def test_the_submission_climbs_to_line_manager_director_and_chief_executive_and_no_further(lived: World) -> None:
    posts = {post for ref, post in told(lived, "action-plan") if ref == "action-plan/1/submitted"}
    assert posts == {"improvement_programme_lead", "head_of_improvement", "director", "chief_executive"}


def test_the_training_climbs_no_further_than_its_line_manager(lived: World) -> None:
    posts = {post for _, post in told(lived, "practice-manager-training")}
    assert posts == {"training_lead", "principal_social_worker"}


def test_the_panel_climbs_no_further_than_the_head_of_service(lived: World) -> None:
    posts = {post for _, post in told(lived, "plo-panel")}
    assert "head_of_safeguarding" in posts
    assert not posts & {"director", "chief_executive"}


def test_the_commissioners_own_report_is_never_chased(lived: World) -> None:
    refs = {ref for ref, _ in told(lived, "commissioner-report")}
    assert "commissioner-report/1/evidence" in refs
    assert "commissioner-report/1/report" not in refs


def test_nobody_outside_the_councils_officers_is_ever_written_to(lived: World) -> None:
    posts = {post for duty in ("action-plan", "commissioner-report") for _, post in told(lived, duty)}
    assert not posts & {"lead_member", "commissioner", "ofsted"}


def test_the_store_says_what_the_rehearsal_said(lived: World) -> None:
    lived_duties = tuple(duty for duty in lived.timeline.obligations if duty.key in DUTIES)
    paper = rehearse(replace(lived.timeline, obligations=lived_duties), from_on=day(FIRST), to_on=day(LAST))
    on_paper = Counter((told.prompt.key, told.at.date()) for told in paper)
    said = lived.store.ledger.accepted(since=at(f"{FIRST} 00:00"), until=at(f"{LAST} 23:00"))
    in_life = Counter((entry.prompt.key, entry.accepted_at.date()) for entry in said if entry.accepted_at)
    assert in_life == on_paper


def test_nothing_is_said_twice_and_everything_that_was_written_is_accounted_for(lived: World) -> None:
    refs = frozenset(milestone.ref for milestone in lived.store.plan.milestones())
    rows = [entry for entries in lived.store.ledger.entries(refs=refs).values() for entry in entries]
    assert len({entry.key for entry in rows}) == len(rows) > 200
    unexplained = [
        entry.key
        for entry in rows
        if entry.state is PromptState.WAITING or (entry.state is PromptState.SUPPRESSED and not entry.reason)
    ]
    assert unexplained == []
    assert lived.store.audit.verify() is None


def test_nobody_gets_more_than_one_scheduled_mail_a_day(lived: World) -> None:
    sent = Counter(
        (opened_mail.envelope_to, opened_mail.date.date()) for opened_mail in lived.mails(ever=True) if opened_mail.date
    )
    assert sent
    assert set(sent.values()) == {1}
