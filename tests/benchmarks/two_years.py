"""Live two years of a council, so that its pages can be timed with a history behind them."""

from datetime import date, timedelta

from tests.harness import World
from timeline.answers.responses import Answer, AnswerRefused
from timeline.planning.occurrences import Milestone

FROM_ON, TO_ON = date(2019, 8, 27), date(2021, 8, 27)
# So many of a hundred tasks are done on their day, by those who own them.
_DONE = 90


def live_two_years(world: World) -> None:
    """Apply Medway and live each working day: decide, send and, for most tasks, answer on the day when they are due."""
    world.at(f"{FROM_ON:%a %-d %b %Y} 07:00").apply()
    duties = [duty.key for duty in world.timeline.obligations]
    on = FROM_ON + timedelta(days=1)
    while on < TO_ON:
        if world.timeline.calendars.office.is_working(on):
            world.live(f"{on:%a %-d %b %Y} 08:30", *duties)
            _answer(world, on)
        on += timedelta(days=1)
    world.at(f"{TO_ON:%a %-d %b %Y} 10:00")


def _answer(world: World, on: date) -> None:
    due = [milestone for milestone in world.store.plan.milestones() if milestone.due_on == on and milestone.chased]
    for n, milestone in enumerate(due, start=on.toordinal()):
        if n % 100 < _DONE:
            _done(world, milestone)


def _done(world: World, milestone: Milestone) -> None:
    holder = world.timeline.directory.holder(milestone.owner, on=world.now.date())
    if holder is None:
        return
    try:
        world.answer(milestone.ref, Answer.DONE, by=milestone.owner, evidence="minute 4.2")
    except AnswerRefused:
        return
