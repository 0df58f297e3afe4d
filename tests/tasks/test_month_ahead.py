"""Test that a month ahead for one morning and back gives the prompts that there are without it; nothing is said
twice.
"""

from pathlib import Path

import pytest

from tasks.assurance.look import look
from tasks.council.run import CouncilRun
from tests.harness import DUTIES, World
from tests.timeline.literals import day
from timeline.answers.responses import Answer, State
from timeline.assurance import AssuranceRun
from timeline.escalation.prompts import PromptKey, PromptState

pytestmark = pytest.mark.slow("lives some mornings, with and without a month ahead between them")

AHEAD = "Mon 30 Sep 2019"
BEFORE = ("Wed 28 Aug 2019",)
AFTER = ("Thu 29 Aug 2019", "Fri 30 Aug 2019", "Mon 2 Sep 2019", "Wed 4 Sep 2019")
KEPT = (*DUTIES, "publish-report", "cabinet-report")
NO_SERVER = "daymarkmail://127.0.0.1:9/?starttls=no"

Said = dict[PromptKey, tuple[PromptState, str]]


def begin(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply()
    live(world, *BEFORE)


def live(world: World, *mornings: str) -> None:
    for on in mornings:
        world.live(f"{on} 08:30", *KEPT)
        world.at(f"{on} 08:40").deliver()


def said(world: World) -> Said:
    """Tell what the ledger holds, each with the day on which it was taken."""
    entries = world.store.ledger.entries(frozenset(KEPT))
    every = [entry for entries in entries.values() for entry in entries]
    return {entry.key: (entry.state, str(entry.accepted_at)[:10]) for entry in every}


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Said:
    with World(tmp_path_factory.mktemp("without")) as world:
        begin(world)
        live(world, *AFTER)
        return said(world)


def month_ahead(world: World, mail: str) -> None:
    """Live one morning of all flows on a clock that is a month ahead, with the mail server there, away, or not
    asked.
    """
    world.at(f"{AHEAD} 07:30").decide(*KEPT)
    if mail == "away":
        world.route(NO_SERVER)
        for minute in ("08:30", "08:40", "08:50"):
            world.at(f"{AHEAD} {minute}").deliver()
        world.route("")
    if mail == "sent":
        world.at(f"{AHEAD} 08:30").deliver()
    at = world.at(f"{AHEAD} 08:55").now
    world.store.assurance.keep_run(AssuranceRun(at=at, since=at))


@pytest.mark.parametrize("mail", ["not asked", "away", "sent"])
def test_a_month_ahead_for_one_morning_and_back_gives_the_same_prompts(
    tmp_path: Path, without: Said, mail: str
) -> None:
    with World(tmp_path) as world:
        begin(world)
        month_ahead(world, mail)
        ahead = {key for key, (state, on) in said(world).items() if state is PromptState.SENT and on == "2019-09-30"}
        live(world, AFTER[0])
        looked = look(world.store, world.settings, at=world.at(f"{AFTER[0]} 08:45").now)
        explained = [finding for finding in looked.reckoning.findings if finding.duty in KEPT]
        assert (explained, looked.reckoning.since.date()) == ([], day("Tue 27 Aug 2019"))
        live(world, *AFTER[1:])
        now = said(world)
        assert {key for key in without if now.get(key) != without[key]} <= ahead
        assert (mail == "sent") == bool(ahead)
        # What was said on the wrong day is not said again.
        assert all(now[key] == (PromptState.SENT, "2019-09-30") for key in ahead)
        assert world.store.audit.verify() is None


def test_what_was_done_on_the_morning_ahead_is_done_and_what_was_taken_on_is_asked_again(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        begin(world)
        world.at(f"{AHEAD} 10:00").done("plo-panel/1/cases", by="performance_lead")
        world.answer("plo-panel/2/cases", Answer.ACKNOWLEDGED, by="performance_lead")
        live(world, *AFTER[:2])
        run = CouncilRun(world.store, world.settings, world.now)
        now = {ref: run.task_context(ref) for ref in ("plo-panel/1/cases", "plo-panel/2/cases")}
        assert [task.status.state for task in now.values() if task] == [State.DONE, State.OPEN]
        assert not [key for key in said(world) if key.milestone == "plo-panel/1/cases" and key.rung == "overdue"]
