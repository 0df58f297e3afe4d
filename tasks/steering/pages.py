"""Give the pages of the programme team what they show of a council; nothing is changed."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.each import readable
from tasks.council.kept_work import work_now
from tasks.director.briefings import waiting
from tasks.steering.sheets import sheet
from timeline.definitions.council import CouncilTimeline
from timeline.director.briefings import BriefingState
from timeline.steering.filters import Filters, filters
from timeline.steering.narrowing import Asked
from timeline.steering.people_sheet import Deliverability, PeopleSheet, people_sheet
from timeline.steering.task_lines import task_lines
from timeline.steering.task_sheet import OccurrenceSheet, TaskSheet
from timeline.steering.timeline_sheet import TimelineSheet, timeline_sheet
from timeline.steering.today import Today, today


class NoSuchCouncil(LookupError):
    """Refuse a key that names no council that can be read."""


class SteeringPages:
    """Give the pages of every council in the database that can be read, by its key."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def filters(self, council: str, typed: Asked) -> Filters:
        """Give what the filters of the timeline offer."""
        return filters(self._of(council)[1], typed)

    def timeline(self, council: str, typed: Asked, *, at: datetime) -> TimelineSheet:
        """Give the page of the timeline. Raise NotOffered for a filter that the timeline does not know."""
        store, _ = self._of(council)
        return timeline_sheet(work_now(store, self._settings, at), typed, at=at)

    def task(self, council: str, ref: str, *, at: datetime) -> TaskSheet | OccurrenceSheet:
        """Give the page of a task or an occurrence. Raise NoSuchTask."""
        return sheet(self._of(council)[0], self._settings, ref, at=at)

    def people(self, council: str, *, at: datetime) -> PeopleSheet:
        """Give the page of people."""
        store, timeline = self._of(council)
        lines = tuple(task_lines(work_now(store, self._settings, at).tasks))
        ways = Deliverability(dead=store.outbox.dead_addresses(doubted=True), breakers=store.outbox.breakers())
        return people_sheet(timeline, lines, ways, council=council, at=at)

    def today(self, council: str, *, at: datetime) -> Today:
        """Give the start page."""
        store, _ = self._of(council)
        last = next(iter(store.assurance.runs(1)), None)
        drafts = self._drafts(store, at)
        work = work_now(store, self._settings, at)
        return today(work, council=council, assurance=last, drafts=drafts, at=at)

    def _drafts(self, store: Store, at: datetime) -> int:
        """Count the drafts for the lead member that wait; most days there is none, and no task is read."""
        any_waits = any(draft.state is BriefingState.WAITING for draft in store.inbound.briefings())
        return len(waiting(store, self._settings, at=at)) if any_waits else 0

    def _of(self, council: str) -> tuple[Store, CouncilTimeline]:
        """Find the council. Raise NoSuchCouncil."""
        for store, timeline in readable(self._settings):
            if store.council == council:
                return store, timeline
        raise NoSuchCouncil(council)
