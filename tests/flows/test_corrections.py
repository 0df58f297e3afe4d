"""Test that what was told and is no longer true is corrected once for each person who was told, and never said
again.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.links.secure_link import Links
from tests.harness import World, tokens
from tests.support.stated import variant
from tests.timeline.literals import at, day
from timeline.calendar.london import DAY, london_time
from timeline.definitions.facts import Embargo
from timeline.letters.page_views import DeadLink, TaskView

pytestmark = pytest.mark.slow("runs at a real Prefect server")

VISIT = "monitoring-visit/1"
LED, DATA, CASES = "head_of_improvement", "performance_lead", "head_of_quality_assurance"
TOLD = (LED, DATA, CASES, "project_support")
AUGUST: dict[str, Any] = {"on": "Thu 20 Aug 2020", "until": "Fri 21 Aug 2020", "of": VISIT}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the first visit is expected for 24 and 25 March 2020; four people were told of their parts."""
    with World(tmp_path) as world:
        world.begun(_usual)
        world.expect_mail(to=DATA, about="Data lists for the visit")
        world.expect_mail(to=CASES, about="Cases and audits for the visit")
        yield world


def _usual(world: World) -> None:
    world.at("Thu 20 Feb 2020 07:00").apply(variant(world.home, live_from="2020-02-20", shadow_until="never"))
    world.at("Thu 20 Feb 2020 07:10").know("visit_confirmed", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.live("Fri 6 Mar 2020 08:30", "monitoring-visit")


def corrected(world: World) -> Counter[str]:
    """Tell who got how many corrections since the clock was moved."""
    return Counter(
        opened_mail.envelope_to[0]
        for opened_mail in world.mails()
        if "earlier mails" in " ".join(opened_mail.text.split())
    )


def those(world: World, *posts: str) -> Counter[str]:
    return Counter(world.address(post) for post in posts)


def test_a_visit_postponed_sends_one_correction_to_each_person_told_and_none_to_others(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    assert corrected(world) == those(world, *TOLD)
    mail = world.expect_mail(to=DATA)
    assert mail.subject.startswith("New date, Thu 6 Aug: prepare the data lists")
    words = " ".join(mail.text.split())
    assert "On Friday 6 March we told you that this was due on Tuesday 10 March." in words
    assert "Now due in" in words
    assert "Thursday 6 August" in words
    assert "recorded by Head of Business Change" in words
    for _ in range(3):
        world.decide("monitoring-visit")
        world.deliver()
    assert len(world.mails()) == len(TOLD)


def test_no_reminder_about_the_old_date_follows_and_the_ladder_goes_on_for_the_new_one(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    # Until the last rung of the old date has passed, and from the first one of the new date.
    for first, last in (("Tue 10 Mar 2020", "Fri 3 Apr 2020"), ("Wed 1 Jul 2020", "Fri 7 Aug 2020")):
        on, last_on = day(first), day(last)
        while on <= last_on:
            world.now = london_time(on, time(8, 30))
            world.decide("monitoring-visit")
            world.deliver()
            on += DAY
    later = [mail for mail in world.mails(to=DATA) if "Data lists for the visit" in mail.text][1:]
    assert later
    for opened_mail in later:
        words = " ".join(opened_mail.text.split())
        assert "6 August" in words
        assert "10 March" not in words


def test_the_new_link_answers_and_the_old_one_says_kindly_where_to_look(world: World) -> None:
    (old,) = tokens(world.expect_mail(to=DATA))
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    links = Links(world.settings)
    moved = "The date it was for has moved from Tuesday 10 March 2020 to Thursday 6 August 2020."
    waits = links.open_link(old, at=world.now)
    assert waits == DeadLink("moved", (moved, "A mail with the new link is on its way to you."))
    world.deliver()
    (new,) = tokens(world.expect_mail(to=DATA))
    assert isinstance(links.open_link(new, at=world.now), TaskView)
    assert links.open_link(old, at=world.now) == DeadLink(
        "moved", (moved, "We have sent you a mail with the new link.")
    )


def test_moved_there_and_back_each_move_is_corrected_once(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    world.at("Mon 9 Mar 2020 12:00").know("moved", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.deliver()
    assert corrected(world) == those(world, *TOLD)
    assert "Tuesday 10 March" in world.expect_mail(to=DATA).text.replace("\n", " ")
    world.live("Tue 10 Mar 2020 08:30")
    assert corrected(world) == Counter()


def test_moved_again_while_the_correction_waits_only_the_last_date_is_told(world: World) -> None:
    world.at("Mon 9 Mar 2020 19:00").know("moved", **AUGUST)
    world.at("Mon 9 Mar 2020 20:00").know("moved", "Tue 1 Sep 2020", of=VISIT)
    world.deliver()
    assert world.mails() == []  # out of office hours
    world.live("Tue 10 Mar 2020 08:00", "monitoring-visit")
    assert corrected(world) == those(world, *TOLD)
    assert "17 August" in " ".join(world.expect_mail(to=DATA).text.split())
    assert "The date has moved again since this was written." in world.reasons(f"{VISIT}/data")


def test_moved_and_moved_back_before_it_was_told_nothing_is_said(world: World) -> None:
    world.at("Mon 9 Mar 2020 19:00").know("moved", **AUGUST)
    world.at("Mon 9 Mar 2020 20:00").know("moved", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.live("Tue 10 Mar 2020 08:00", "monitoring-visit")
    assert corrected(world) == Counter()


def test_under_embargo_only_its_circulation_is_corrected_and_the_others_when_it_ends(world: World) -> None:
    kept = Embargo(circulation=frozenset({DATA}), until=at("Wed 11 Mar 2020 09:00"))
    (old,) = tokens(world.expect_mail(to=CASES))
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST, embargo=kept)
    world.deliver()
    assert corrected(world) == those(world, DATA)
    assert Links(world.settings).open_link(old, at=world.now) == DeadLink("moved")
    world.live("Wed 11 Mar 2020 09:10", "monitoring-visit")
    assert corrected(world) == those(world, LED, CASES, "project_support")


def test_with_the_mail_server_away_for_days_one_true_correction_arrives(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.route("daymarkmail://127.0.0.1:1/?starttls=no")
    for hour in ("Mon 9 Mar 2020 11:00", "Tue 10 Mar 2020 09:00", "Wed 11 Mar 2020 09:00"):
        world.live(hour, "monitoring-visit")
    world.know("moved", "Tue 1 Sep 2020", of=VISIT)
    world.route("")
    world.live("Thu 12 Mar 2020 13:00", "monitoring-visit")
    assert corrected(world) == those(world, *TOLD)
    assert "17 August" in " ".join(world.expect_mail(to=DATA).text.split())


def test_in_a_trial_run_the_programme_lead_is_told_once(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        stated = variant(tmp_path, live_from="2020-02-20", shadow_until="2020-03-31")
        world.at("Thu 20 Feb 2020 07:00").apply(stated, shadow=True)
        world.at("Thu 20 Feb 2020 07:10").know("visit_confirmed", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
        world.live("Fri 6 Mar 2020 08:30", "monitoring-visit")
        world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
        world.deliver()
        assert corrected(world) == those(world, "improvement_programme_lead")
        assert "Trial run until Tuesday 31 March 2020" in " ".join(world.mails()[0].text.split())


def test_two_workers_write_it_once_and_a_kill_between_writing_and_sending_loses_nothing(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    # The process dies here; the next flow and the next `notify` find what was written.
    for minutes in (10, 20):
        world.now += timedelta(minutes=minutes)
        world.decide()
        world.deliver()
    assert corrected(world) == those(world, *TOLD)


def test_what_lies_behind_is_not_corrected(world: World) -> None:
    world.at("Wed 22 Apr 2020 11:00").know("moved", "Tue 7 Apr 2020", of=VISIT)
    world.deliver()
    assert corrected(world) == Counter()


def test_a_task_done_for_a_date_that_moves_on_is_asked_about_kindly(world: World) -> None:
    world.at("Mon 9 Mar 2020 09:00").done(f"{VISIT}/data", by=DATA)
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    words = " ".join(world.expect_mail(to=DATA).text.split())
    assert "You recorded it as done on Monday 9 March. Please tell us if it has to be done again." in words


@pytest.mark.parametrize(("fact", "on"), [("cancelled", "Tue 24 Mar 2020"), ("held", "Mon 9 Mar 2020")])
def test_a_visit_cancelled_or_held_early_is_taken_back_and_its_links_close(world: World, fact: str, on: str) -> None:
    (old,) = tokens(world.expect_mail(to=DATA))
    world.at("Mon 9 Mar 2020 11:00").know(fact, on, of=VISIT)
    world.deliver()
    mail = world.expect_mail(to=DATA)
    assert mail.subject.startswith("No longer needed: prepare the data lists")
    assert tokens(mail) == []
    dead = Links(world.settings).open_link(old, at=world.now)
    assert isinstance(dead, DeadLink)
    assert dead.reason == "closed"
    assert "You do not need to do anything." in dead.sentences
    world.live("Wed 11 Mar 2020 08:30", "monitoring-visit")
    world.expect_no_mail(to=DATA, about="Data lists for the visit")


def test_cancelled_and_set_again_is_corrected_both_times(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("cancelled", "Tue 24 Mar 2020", of=VISIT)
    world.deliver()
    world.at("Mon 9 Mar 2020 14:00").know("moved", **AUGUST)
    world.deliver()
    mail = world.expect_mail(to=DATA)
    assert mail.subject.startswith("Needed after all: prepare the data lists")
    assert "no longer needed" in " ".join(mail.text.split())
    assert len(tokens(mail)) == 1
