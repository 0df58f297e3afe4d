"""Test the little story on PostgreSQL: applied, asked, answered, climbed; and twice changes nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasks.links.secure_link import Links
from tests.harness import World, snapshot, tokens
from tests.support.rotation import CROWD
from timeline.answers.responses import Answer
from timeline.letters.page_views import Recorded, Reply, TaskView

pytestmark = pytest.mark.requires("postgresql")
CASES = "plo-panel/1/cases"


@pytest.fixture
def world(tmp_path: Path, fresh_postgres_url: str) -> Iterator[World]:
    with World(tmp_path, database_url=fresh_postgres_url) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def test_asked_answered_and_climbed(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    (token,) = tokens(world.expect_mail(to="performance_lead", about="List of cases"))
    links = Links(world.settings)
    assert isinstance(links.open_link(token, at=world.now), TaskView)
    recorded = links.answer(token, Reply(Answer.HELP, text="Two people short"), at=world.now)
    assert isinstance(recorded, Recorded)
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_mail(to="head_of_quality_assurance", about="Two people short")
    world.at("Wed 28 Aug 2019 09:00").done(CASES, by="performance_lead")
    assert world.timeline.council.key == "medway"
    assert [trail.what for trail in world.store.audit.trail(CASES)][-1] == "done"
    assert world.store.audit.verify() is None


def test_a_second_run_writes_nothing(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30")
    world.decide()  # looks at what was just accepted
    before = snapshot(world.store)
    assert world.decide() == 0
    assert world.deliver().messages == ()
    assert snapshot(world.store) == before


def test_workers_at_once_send_each_message_once(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:30").decide("plo-panel", "case-follow-up")
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: world.deliver(), range(16)))
    assert sorted(opened_mail.envelope_to[0] for opened_mail in world.mails()) == [
        "performance.lead@medway.example",
        "service.managers@medway.example",
    ]


def test_many_answers_at_once_make_one_record(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    (token,) = tokens(world.expect_mail(to="performance_lead"))
    links, reply = Links(world.settings), Reply(Answer.DONE, evidence="Minutes, item 2")
    with ThreadPoolExecutor(CROWD) as presses:
        list(presses.map(lambda _: links.answer(token, reply, at=world.now), range(CROWD)))
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
