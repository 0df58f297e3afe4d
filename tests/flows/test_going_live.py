"""Test going live: history is never chased, and in shadow everything goes to the programme lead, marked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tasks.changes.record import undo
from tests.harness import DUTIES, World, snapshot
from tests.support.stated import variant
from timeline.escalation.rag import Rag, Rated, rate
from timeline.escalation.task_context import task_context
from timeline.planning.plan import plan


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def test_what_was_due_before_the_first_apply_is_history_and_never_chased(world: World) -> None:
    """Test that going live on 18 Nov: the draft, the hearing, the board and the sign-off were due, and nobody
    is asked.
    """
    world.at("Mon 18 Nov 2019 07:00").apply()
    for moment in ("Mon 18 Nov 2019 08:30", "Tue 19 Nov 2019 08:30", "Wed 20 Nov 2019 08:30"):
        world.live(moment)
    told = snapshot(world.store)["prompt"]
    assert any("action-plan/1/submitted" in row for row in told)
    past = ("draft", "heard", "board", "clearance", "sign-off")  # the last was due on Thu 14 Nov
    assert [key for key in past if any(f"action-plan/1/{key}'" in row for row in told)] == []


def test_live_from_stands_as_the_first_apply_left_it(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply()
    world.at("Mon 18 Nov 2019 07:00").apply(variant(world.home))
    assert str(world.timeline.council.live_from) == "2019-08-27"


def test_a_practice_chosen_later_begins_from_then(world: World) -> None:
    """Test that training of every month since August, chosen in November, brings nothing overdue."""
    key, chosen_on = "practice-manager-training", date(2019, 11, 4)
    without = variant(world.home, off={key: "bought in"}, name="without.yaml")
    world.at("Tue 27 Aug 2019 07:00").apply(without)
    assert dict(world.timeline.council.chosen) == {}
    world.at("Mon 4 Nov 2019 07:00").apply(variant(world.home))
    assert dict(world.timeline.council.chosen) == {key: chosen_on}
    planned = plan(world.timeline, at=world.now, until=date(2019, 11, 30), obligations=[key])
    (impact,) = (task for task in planned[1].milestones if task.key == "impact")  # of the session of Wed 16 Oct
    rated = rate(task_context(world.timeline, impact, at=world.now))
    assert rated == Rated(Rag.GREY, "Was due before the practice was chosen on Monday 4 November 2019.")
    world.live("Mon 18 Nov 2019 08:30", *DUTIES)
    told = " ".join(snapshot(world.store)["prompt"])
    assert (f"{key}/4/" in told, f"{key}/2/" in told) == (True, False)
    # It stays so when the same is applied again. Dropped it is forgotten, and comes back with the drop taken back.
    world.at("Mon 2 Dec 2019 07:00").apply(variant(world.home, name="again.yaml"))
    assert dict(world.timeline.council.chosen) == {key: chosen_on}
    world.at("Tue 3 Dec 2019 07:00").apply(without)
    assert dict(world.timeline.council.chosen) == {}
    undo(world.store, world.settings, at=world.now, who="test")
    assert dict(world.timeline.council.chosen) == {key: chosen_on}


def test_a_stated_day_of_going_live_wins(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, live_from="2019-09-10"))
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.expect_no_mail(about="List of cases")  # due on 3 Sep
    world.live("Wed 11 Sep 2019 08:30", *DUTIES)
    assert world.mails() != []


def test_in_shadow_the_programme_lead_gets_everything_and_reads_for_whom_it_was(world: World) -> None:
    """Test that the default: the first ten working days after the first apply, to Tue 10 Sep 2019."""
    world.at("Tue 27 Aug 2019 07:00").apply(shadow=True)
    assert str(world.timeline.council.shadow_until) == "2019-09-10"
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="improvement_programme_lead", about="List of cases")
    assert "this would have gone to Performance Lead" in " ".join(mail.text.split())
    assert {opened_mail.envelope_to[0] for opened_mail in world.mails(ever=True)} == {
        world.address("improvement_programme_lead")
    }


def test_when_the_shadow_ends_owners_get_their_own(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply(shadow=True)
    for day in ("Wed 28 Aug 2019", "Tue 3 Sep 2019", "Wed 4 Sep 2019", "Mon 9 Sep 2019", "Tue 10 Sep 2019"):
        world.live(f"{day} 08:30", "plo-panel")
        assert world.mails() == world.mails(to="improvement_programme_lead")
    world.live("Wed 11 Sep 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="performance_lead", about="List of cases")
    assert "Trial run" not in mail.text
    assert world.mails(to="improvement_programme_lead", about="List of cases") == []


def test_after_the_shadow_nobody_climbs_over_an_owner_who_was_never_asked(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply(shadow=True)
    for day in ("Wed 28 Aug 2019", "Tue 3 Sep 2019", "Wed 4 Sep 2019", "Tue 10 Sep 2019", "Wed 11 Sep 2019"):
        world.live(f"{day} 08:30", "plo-panel")
    world.expect_no_mail(to="head_of_quality_assurance", about="List of cases")
    world.live("Thu 12 Sep 2019 08:30", "plo-panel")
    world.expect_mail(to="head_of_quality_assurance", about="List of cases")


def test_shadow_never_is_no_shadow(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, shadow_until="never"), shadow=True)
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead")
