"""Open the page of a board, and make or revoke its address."""

from datetime import datetime

from config.houses.own import pages_of
from config.settings import Settings
from models.store import Store
from tasks.council.kept_work import work_now
from tasks.council.programme import told_programme
from tasks.links import lasting
from tasks.links.lately import Lately
from tasks.links.link_target import find_board
from timeline.boards.link import claims_for, duty_behind, has_ended
from timeline.boards.lists import looks_back_to
from timeline.boards.page import BoardView, board_view
from timeline.calendar.london import london_date
from timeline.letters.page_views import DeadLink
from timeline.picture.audience import alive
from timeline.planning.endings.council_end import council_end, ended_because


class Boards:
    """Open the boards of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lately = Lately[BoardView | DeadLink]()

    def open_board(self, token: str, *, at: datetime) -> BoardView | DeadLink:
        """Give what stands behind the address at that instant; changes nothing."""
        target = find_board(self._settings, token)
        if target is None:
            return DeadLink("unknown")
        store, claims = target
        duty = duty_behind(claims)
        if claims.generation != lasting.generation(store, claims):
            return DeadLink("closed")
        return self._lately.get(store, duty, lambda: self._read(store, duty, at), at=at)

    def _read(self, store: Store, duty: str, at: datetime) -> BoardView | DeadLink:
        timeline = store.definitions.timeline(self._settings.working_hours)
        if council_end(timeline, at=at):
            return DeadLink("closed", (ended_because(timeline, at=at),))
        work = alive(work_now(store, self._settings, at), since_on=looks_back_to(london_date(at)))
        if has_ended(work.timeline, work.occurrences, duty, at=at):
            return DeadLink("closed")
        # An assurance of a later clock says nothing about today.
        assurance = next((run for run in store.assurance.runs() if run.at <= at), None)
        programme = told_programme(store, at=at)
        chain_end = store.audit.chain_end()
        return board_view(work, duty, assurance=assurance, chain_end=chain_end, programme=programme, at=at)


def link(store: Store, settings: Settings, duty: str, *, at: datetime, who: str) -> str:
    """Give the address of a board's page, and keep its token the first time."""
    token = lasting.give(store, settings, claims_for(duty), at=at, who=who)
    return f"{pages_of(settings, store.council)}/board/{token}"


def revoke(store: Store, settings: Settings, duty: str, *, at: datetime, who: str) -> bool:
    """Close every address that was given for a board; False when none was."""
    return lasting.revoke(store, settings, claims_for(duty), at=at, who=who)
