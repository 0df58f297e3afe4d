"""Offer reports on the page of the programme team: the kinds, the areas, what was released, and the report itself."""

from datetime import datetime
from typing import NamedTuple

from config.settings import Settings
from models.store import Store
from tasks.council.each import readable
from tasks.reports.make import Asked, make
from tasks.reports.release import said
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS


class Choice(NamedTuple):
    """Name something to choose: its key, and its words."""

    value: str
    text: str


class ReleasedReport(NamedTuple):
    """Say what was released by whom, and hold what asks for that report again: its kind, area and day."""

    words: str
    kind: str
    area: str
    as_at: str


class Offered(NamedTuple):
    """Hold what the page of reports offers of a council; the newest release stands first."""

    council_name: str
    programme_name: str
    kinds: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    released: tuple[ReleasedReport, ...]


class ReportsMade:
    """Offer and make the reports of every council in the database that can be read, by its key."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def offered(self, council: str) -> Offered:
        """Give what can be chosen; nothing is made yet."""
        store = self._of(council)
        stated = store.definitions.timeline(self._settings.working_hours).council
        programme = store.programmes.in_force()
        areas = programme.areas.values() if programme else ()
        return Offered(
            council_name=stated.name,
            programme_name=stated.programme,
            kinds=tuple(Choice(key, kind.titled(stated)) for key, kind in KINDS.items()),
            areas=tuple(Choice(area.key, area.title) for area in areas),
            released=tuple(
                ReleasedReport(said(each, stated), each.kind, each.area, each.as_at.isoformat())
                for each in reversed(store.programmes.released())
            ),
        )

    def make(self, council: str, asked: Asked, *, at: datetime) -> Report:
        """Fill a report. Raise NoReport."""
        return make(self._of(council), self._settings, asked, at=at)

    def _of(self, council: str) -> Store:
        return next(store for store, _ in readable(self._settings) if store.council == council)
