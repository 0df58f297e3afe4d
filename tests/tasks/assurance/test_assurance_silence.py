"""Test that when no assurance has run, Prefect calls, and the programme lead is told, once and at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.assurance.assure import assure
from tasks.assurance.page import Assurances, silent_token
from tests.harness import World

LEAD = "improvement_programme_lead"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.apply()
        yield world


def called(world: World, token: str = "") -> bool:
    return Assurances(world.settings).tell_of_silence(token or silent_token(world.settings), at=world.now)


def test_a_day_without_an_assurance_is_told_once_without_waiting_for_notify(world: World) -> None:
    world.at("Wed 28 Aug 2019 10:45")
    assert called(world)
    mail = world.expect_mail(to=LEAD, about="Assurance has not run")
    assert "reminders may not be leaving" in " ".join(mail.text.split())
    called(world)
    assert len(world.mails(to=LEAD)) == 1


def test_after_an_assurance_a_weekend_or_a_wrong_token_nothing_is_said(world: World) -> None:
    assure(world.store, world.settings, at=world.at("Fri 30 Aug 2019 08:45").now)
    world.at("Sun 1 Sep 2019 12:45")
    called(world)
    world.expect_no_mail()
    world.at("Mon 2 Sep 2019 10:45")
    assert not called(world, "a" * 16)
    world.expect_no_mail()
    called(world)
    world.expect_mail(to=LEAD, about="The last one was on Friday 30 August 2019 at 08:45")


def test_the_page_shows_what_the_last_assurance_found(world: World) -> None:
    world.at("Thu 29 Aug 2019 08:45")
    (before,) = Assurances(world.settings).views(at=world.now)
    assert (before.at, [channel_seen.name for channel_seen in before.channels]) == (None, ["mail"])
    run = assure(world.store, world.settings, at=world.now)
    (view,) = Assurances(world.settings).views(at=world.now)
    assert (view.at, view.sentence) == (run.at, run.figures.sentence)
    assert len(view.unexplained) == run.figures.unexplained > 0
    assert Assurances(world.settings).needs_somebody()
    names = {person.address for person in world.timeline.directory.people.values()}
    assert not [name for name in names if name in f"{view}"]
