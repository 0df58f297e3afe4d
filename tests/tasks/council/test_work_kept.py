"""Test that pages show by the plan that is kept what they show by a plan read anew, whatever has come in between."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.council.kept_work import work_now
from tasks.council.picture import planned_work
from tests.harness import World
from tests.tasks.links.test_own_absence import heard
from timeline.answers.responses import Answer
from timeline.calendar.london import DAY
from timeline.definitions.absences import Absence
from timeline.definitions.council import Pause
from timeline.definitions.facts import Embargo
from timeline.picture.audience import PlannedWork
from timeline.steering.narrowing import Asked
from timeline.steering.people_sheet import Deliverability, people_sheet
from timeline.steering.task_lines import task_lines
from timeline.steering.timeline_sheet import listed, timeline_sheet
from timeline.steering.today import today

CASES, OWNER = "plo-panel/1/cases", "performance_lead"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world.at("Wed 28 Aug 2019 08:30")


def shown(world: World, work: PlannedWork) -> tuple[object, ...]:
    lines = tuple(task_lines(work.tasks))
    return (
        today(work, council="medway", assurance=None, at=world.now),
        list(map(listed, timeline_sheet(work, Asked(all_=True), at=world.now).shown)),
        [task.status.response for task in work.tasks],
        people_sheet(work.timeline, lines, Deliverability(), council="medway", at=world.now),
    )


def kept(world: World) -> PlannedWork:
    return work_now(world.store, world.settings, world.now)


def _later(hours: float) -> Callable[[World], None]:
    def later(world: World) -> None:
        world.now += timedelta(hours=hours)

    return later


def _asked(world: World) -> None:
    world.live(f"{world.now:%a %-d %b %Y} 12:30", "plo-panel")


def _answered(world: World) -> None:
    world.answer(CASES, Answer.HELP, by=OWNER, text="Two people short")


def _erased(world: World) -> None:
    """Erase the words of the answer: nothing else of the record changes."""
    texts = [digest for event in world.store.audit.events() for digest in event.texts.values()]
    assert world.store.privacy.erase_texts(texts, at=world.now, who="the story", why="Asked for.")


def _noted(world: World) -> None:
    on = world.now.date()
    heard(world, Absence(person=world.person(OWNER), from_on=on, until_on=on + 9 * DAY))


def _paused(world: World) -> None:
    on = world.now.date()
    pause = Pause(from_on=on, until_on=on + 20 * DAY, obligation="plo-panel")
    world.store.definitions.pause(pause, at=world.now, who="the story")


def _under_embargo(world: World) -> None:
    lifted_at = world.now + timedelta(hours=2)
    embargo = Embargo(circulation=frozenset({"director_people"}), until=lifted_at)
    world.know("visit_confirmed", "Wed 11 Dec 2019", until="Thu 12 Dec 2019", of="monitoring-visit/1", embargo=embargo)


def _worded_otherwise(world: World) -> None:
    """Plan a task with other words: no date moves, so that no event tells of it."""
    occurrences = world.store.plan.occurrences()
    panel = next(each for each in occurrences if each.ref == "plo-panel/1")
    tasks = tuple(replace(task, title=f"{task.title}, told anew") for task in panel.milestones)
    given = [each if each is not panel else replace(panel, milestones=tasks) for each in occurrences]
    world.store.plan.sync(given, obligations={each.obligation for each in occurrences}, at=world.now)


def _by_a_later_clock(world: World) -> None:
    """Answer by a clock that is two hours ahead, and set it right."""
    world.now += timedelta(hours=2)
    world.answer("plo-panel/1/papers", Answer.ACKNOWLEDGED, by=OWNER)
    world.now -= timedelta(hours=2)


TOLD = (_asked, _answered, _later(1), _erased, _noted, _paused, _later(0.1), _worded_otherwise, _under_embargo)
PASSED = (_later(2.5), _by_a_later_clock, _later(0.5), _later(3), _later(20), _later(-20))


@pytest.mark.slow("fifteen things happen to a council, and its pages are made twice after each")
def test_a_kept_plan_shows_what_one_read_anew_shows(world: World) -> None:
    """Fail where what is kept outlives a change: words without a date, an embargo, midnight, a clock set right."""
    for happens in (*TOLD, *PASSED):
        kept(world)
        happens(world)
        name, anew = getattr(happens, "__name__", ""), planned_work(world.store, world.settings, world.now)
        assert shown(world, kept(world)) == shown(world, anew), f"{name}, {world.now}"


def test_nothing_is_read_twice_while_nothing_happens(world: World) -> None:
    first = kept(world)
    world.now += timedelta(hours=9)
    assert kept(world) is first
    _answered(world)
    now = {task.milestone.ref: task for task in kept(world).tasks}
    assert [task.milestone.ref for task in first.tasks if now[task.milestone.ref] is not task] == [CASES]
