"""Hold what really happened to councils, from public records, as their files in `config/timelines` state it."""

from datetime import date
from functools import cache

from config.load import TIMELINES, load
from tests.timeline.literals import at
from timeline.calendar.london import DAY
from timeline.definitions.council import CouncilTimeline
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.planning.plan import plan

HISTORIES = ("medway-history", "cheshire-east-2024", "herefordshire-2022")


@cache
def history(name: str) -> CouncilTimeline:
    return load(TIMELINES / f"{name}.yaml", on=date(2019, 8, 27))


def lived(name: str, when: str) -> dict[str, Occurrence]:
    """Give what the files' rules plan from what was known then, a year and some weeks ahead."""
    until = at(when).date() + 400 * DAY
    return {occurrence.ref: occurrence for occurrence in plan(history(name), at=at(when), until=until)}


def tasks(name: str, when: str, ref: str) -> dict[str, Milestone]:
    """Give the tasks of an occurrence by their keys."""
    return {milestone.key: milestone for milestone in lived(name, when)[ref].milestones}
