"""Test `retention` through Prefect's engine: what goes, what its run and its table say, and what keeps everything."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.harness import World, first_panel
from tests.models.privacy.test_retention import came_in
from tests.models.whole import stand_whole, texts
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    with first_panel(tmp_path) as world:
        world.store.inbound.record(came_in(received_at=world.now))
        world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
        yield world


def words(world: World) -> set[str]:
    said = world.store.inbound.responses(refs={CASES}).get(CASES, ())
    return {response.text for response in said} | {inbound.text for inbound in world.store.inbound.held()} - {""}


def pages(world: World) -> int:
    """Count the pages of the database; the file has those that were written last only after a checkpoint."""
    with world.store.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


@pytest.mark.slow("a day is lived, and the flow runs three times through Prefect's engine")
def test_it_erases_what_is_over_once_and_says_how_much(world: World, prefect_api: str) -> None:
    assert words(world) == {"Two people short", "Is this about Jo?"}
    early = world.at("Fri 27 Sep 2019 07:10").run("retention")
    assert (early.type, early.message) == ("COMPLETED", "Medway Council: Nothing was over.")
    ran = world.at("Mon 30 Sep 2019 07:10").run("retention")
    assert (ran.type, ran.message) == ("COMPLETED", "Medway Council: Erased of raw mail: 2 texts.")
    assert words(world) == {"Two people short"}
    (artifact,) = world.artifacts(prefect_api, ran)
    assert json.loads(artifact["data"]) == [
        {"what": "raw mail", "kept": "30 days", "over": "before Sat 31 Aug 2019", "erased": "2 texts"},
        {"what": "absences", "kept": "90 days after they end", "over": "before Tue 2 Jul 2019", "erased": "nothing"},
        {"what": "free text", "kept": "12 months", "over": "before Sun 30 Sep 2018", "erased": "nothing"},
        {
            "what": "messages and answers",
            "kept": "2 years after the regime ends",
            "over": "not yet",
            "erased": "nothing",
        },
    ]
    assert "Jo" not in json.dumps(artifact)
    # As the version before wrote them.
    stand_whole(world.store)
    tasks, before = world.store.plan.milestones(), pages(world)
    again = world.run("retention")
    assert again.message == f"Medway Council: Nothing was over. {len(texts(world.store))} tasks stored shorter."
    assert world.store.plan.milestones() == tasks
    assert pages(world) < before
    assert world.store.audit.verify() is None


def test_a_legal_hold_keeps_everything_and_is_said_without_a_name(world: World) -> None:
    world.store.audit.hold(at=world.now, who="Pat Smith", reason="Claim 17")
    ran = world.at("Tue 1 Sep 2026 07:10").run("retention")
    assert ran.type == "COMPLETED"
    assert ran.message == (
        "Medway Council: A legal hold stands since Wednesday 28 August 2019, so nothing is erased; daymark hold says "
        "who put it there and why."
    )
    assert words(world) == {"Two people short", "Is this about Jo?"}


def test_caught_mail_goes_with_the_raw_mail_and_a_hold_keeps_it(world: World) -> None:
    (new,) = (world.settings.caught_mail / "new").iterdir()
    old = new.with_name("00000009")
    old.write_bytes(new.read_bytes())
    then = (world.now + timedelta(days=1)).timestamp()
    os.utime(old, (then, then))
    world.store.audit.hold(at=world.now, who="Monitoring Officer", reason="Claim 17")
    assert world.at("Tue 1 Oct 2019 07:10").run("retention").message.startswith("Medway Council: A legal hold")
    assert old.exists()
    world.store.audit.release_hold(at=world.now, who="Monitoring Officer", reason="Settled")
    assert world.run("retention").message == "Medway Council: Erased of raw mail: 2 texts. 1 caught mail deleted."
    assert (old.exists(), new.exists()) == (False, True)
    (event,) = [event for event in world.store.audit.events() if event.what == "caught mail erased"]
    assert event.after == "1"


def test_without_a_council_there_is_nothing_to_keep(tmp_path: Path, prefect_api: str) -> None:
    assert prefect_api
    with World(tmp_path) as empty:
        ran = empty.run("retention")
    assert (ran.type, ran.message) == ("COMPLETED", "No council's timeline has been applied yet.")
