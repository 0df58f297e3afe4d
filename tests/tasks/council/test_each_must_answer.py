"""Test a task of several posts: each is asked, and one that is done does not stop the asking of the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import World
from tests.support.stated import variant
from timeline.answers.responses import Answer

BRIEFING = {
    "title": "Teams briefed",
    "class": "D",
    "kind": "session",
    "rule": "on 2019-11-28",
    "basis": "Council practice: all staff engaged",
    "status": "local",
    "owner": "communications_lead",
    "ladder": "routine",
    "milestones": {
        "told": {
            "title": "Team briefed",
            "when": "by due",
            "owners": ["service_managers", "training_lead"],
            "completes": "true",
            "asks": "Brief your team.",
        }
    },
}
MANAGERS, TRAINING = "team-briefing/1/told-service_managers", "team-briefing/1/told-training_lead"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        stated = variant(tmp_path, obligations={"team-briefing": BRIEFING})
        world.at("Mon 4 Nov 2019 07:00").apply(stated)
        yield world


def test_one_that_is_done_is_not_asked_again_and_the_other_climbs(world: World) -> None:
    world.live("Thu 21 Nov 2019 08:30", "team-briefing")
    world.expect_mail(to="service_managers", about="Team briefed (Service managers)")
    world.expect_mail(to="training_lead", about="Team briefed (Training lead)")
    world.at("Thu 21 Nov 2019 10:00").done(MANAGERS, by="service_managers")
    world.live("Thu 28 Nov 2019 08:30", "team-briefing")
    world.expect_no_mail(to="service_managers")
    world.expect_mail(to="training_lead", about="Team briefed")
    world.live("Mon 2 Dec 2019 08:30", "team-briefing")
    world.expect_mail(to="principal_social_worker", about="Team briefed (Training lead)")
    world.expect_no_mail(to="head_of_safeguarding")  # the line manager of who has done it


def test_each_answers_for_itself(world: World) -> None:
    world.live("Thu 21 Nov 2019 08:30", "team-briefing")
    world.answer(TRAINING, Answer.ACKNOWLEDGED, by="training_lead")
    stands = {
        ref: [response.answer for response in world.store.inbound.responses(refs={ref}).get(ref, ())]
        for ref in (MANAGERS, TRAINING)
    }
    assert stands == {MANAGERS: [], TRAINING: [Answer.ACKNOWLEDGED]}
