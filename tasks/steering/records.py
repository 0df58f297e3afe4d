"""Give the pages of the improvement programme what they show of a council; nothing is changed."""

from datetime import datetime

from config.settings import Settings
from tasks.council.each import readable
from tasks.council.programme import NoProgramme, programme_now
from timeline.steering.record_lists import Narrowing, RecordList, record_list
from timeline.steering.record_sheet import RecordSheet, record_sheet
from timeline.steering.records import ProgrammeNow


class ProgrammePages:
    """Give the programme of every council in the database that can be read, by its key."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def records(self, council: str, page: str, asked: Narrowing, *, at: datetime) -> RecordList:
        """Give a list. Raise NoProgramme, and NotPublished while the findings are under embargo."""
        return record_list(self._now(council, at), page, asked)

    def record(self, council: str, record: str, *, at: datetime) -> RecordSheet | None:
        """Give the page of a record; None where there is none. Raise as above."""
        return record_sheet(self._now(council, at), record)

    def _now(self, council: str, at: datetime) -> ProgrammeNow:
        store = next((store for store, _ in readable(self._settings) if store.council == council), None)
        if store is None:
            raise NoProgramme(council)
        return programme_now(store, self._settings, at=at)
