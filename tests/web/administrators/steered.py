"""Stand in for what the pages of the programme team ask for: Medway's plan at a moment, in memory."""

from dataclasses import replace
from datetime import datetime

from starlette.testclient import TestClient

from tasks.steering.tasks import NoSuchTask
from tests.timeline.literals import day
from tests.timeline.picture.pictured import medway, work
from tests.web.administrators.test_navigation import MemoryCouncils
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.calendar.london import in_london
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.refs import occurrence_of
from timeline.planning.explanation import of_occurrence
from timeline.steering.filters import Filters, filters
from timeline.steering.narrowing import Asked
from timeline.steering.people_sheet import Deliverability, PeopleSheet, people_sheet
from timeline.steering.task_lines import task_lines
from timeline.steering.task_sheet import Moment, OccurrenceSheet, TaskSheet, occurrence_sheet, task_sheet
from timeline.steering.timeline_sheet import TimelineSheet, timeline_sheet
from timeline.steering.today import Today, today
from web.app import create_app

MOMENT = "Thu 21 Nov 2019 09:00"


def _live_from(text: str) -> CouncilTimeline:
    return replace(medway(), council=replace(medway().council, live_from=day(text), shadow_by_default=False))


class MemorySteering:
    """Give Medway's plan, as the pages ask for it."""

    def __init__(self, moment: str = MOMENT, ways: Deliverability | None = None, live: str = "") -> None:
        self.ways = ways or Deliverability()
        self.work = work(f"{live} 09:00" if live else moment, of=_live_from(live) if live else None)
        self.at = in_london(self.work.tasks[0].at)

    def filters(self, council: str, typed: Asked) -> Filters:
        return filters(self.work.timeline, typed)

    def timeline(self, council: str, typed: Asked, *, at: datetime) -> TimelineSheet:
        return timeline_sheet(self.work, typed, at=self.at)

    def task(self, council: str, ref: str, *, at: datetime) -> TaskSheet | OccurrenceSheet:
        of, timeline = occurrence_of(ref), self.work.timeline
        occurrence = next((each for each in self.work.occurrences if each.ref == of), None)
        if occurrence is None:
            raise NoSuchTask(f"Nothing is called “{ref}”.")
        theirs, trail = tuple(task_lines(self.work.tasks, prefix=f"{of}/")), (Moment(MOMENT, "the story · planned"),)
        if ref == of:
            return occurrence_sheet(of_occurrence(timeline, occurrence, at=self.at), theirs, (), trail)
        line = next(line for line in theirs if line.ref == ref)
        return task_sheet(line, occurrence, theirs, responses=(), trail=trail)

    def people(self, council: str, *, at: datetime) -> PeopleSheet:
        lines = tuple(task_lines(self.work.tasks))
        return people_sheet(self.work.timeline, lines, self.ways, council=council, at=self.at)

    def today(self, council: str, *, at: datetime) -> Today:
        return today(self.work, council=council, assurance=None, drafts=2, at=self.at)


def browsing(
    steering: MemorySteering, *, client: str = "127.0.0.1", councils: tuple[str, ...] = ("medway",)
) -> TestClient:
    settings = page_settings(base_url="http://127.0.0.1:8480")
    app = create_app(MemoryDoor(), settings, steering=steering, councils=MemoryCouncils(*councils))
    return TestClient(app, base_url="http://127.0.0.1:8480", client=(client, 50000))
