"""Open the page of a board, and make or revoke its address."""

from datetime import datetime
from typing import NamedTuple

from config.settings import Settings
from models.store import Store
from tasks.council.picture import planned_work
from tasks.council.tokens import derive, token_hash
from tasks.links.link_target import find_board
from timeline.boards.link import BOARD, claims_for, duty_behind, has_ended, reader_key
from timeline.boards.lists import looks_back_to
from timeline.boards.page import BoardView, board_view
from timeline.calendar.london import london_date
from timeline.letters.page_views import DeadLink


class _Moment(NamedTuple):
    """Name a state of a council and a quarter of an hour: a page made within both is still true.

    Whatever somebody changes extends the audit chain. The hour alone ends an embargo, or makes a task overdue: a page
    tells the first a little later, and no page is kept over midnight.
    """

    chain_end: tuple[int, str]
    quarter: int


def _moment(store: Store, at: datetime) -> _Moment:
    return _Moment(store.audit.chain_end(), int(at.timestamp()) // 900)


class Boards:
    """Open the boards of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._last: dict[tuple[str, str], tuple[_Moment, BoardView]] = {}

    def open_board(self, token: str, *, at: datetime) -> BoardView | DeadLink:
        """Give what stands behind the address at that instant; changes nothing."""
        target = find_board(self._settings, token)
        if target is None:
            return DeadLink("unknown")
        store, claims = target
        duty = duty_behind(claims)
        if claims.generation != _generation(store, duty):
            return DeadLink("closed")
        moment = _moment(store, at)
        kept = self._last.get((store.council, duty))
        if kept and kept[0] == moment:
            return kept[1]
        view = self._read(store, duty, at)
        if isinstance(view, BoardView):
            self._last[store.council, duty] = moment, view
        return view

    def _read(self, store: Store, duty: str, at: datetime) -> BoardView | DeadLink:
        work = planned_work(store, self._settings, at, since_on=looks_back_to(london_date(at)))
        if has_ended(work.timeline, work.occurrences, duty, at=at):
            return DeadLink("closed")
        # An assurance of a later clock says nothing about today.
        assurance = next((run for run in store.assurance.runs() if run.at <= at), None)
        return board_view(work, duty, assurance=assurance, chain_end=store.audit.chain_end(), at=at)


def link(store: Store, settings: Settings, duty: str, *, at: datetime, who: str) -> str:
    """Give the address of a board's page, and keep its token the first time."""
    generation = _generation(store, duty) or 0
    return f"{settings.base_url}/board/{_keep(store, settings, duty, generation, at=at, who=who)}"


def revoke(store: Store, settings: Settings, duty: str, *, at: datetime, who: str) -> bool:
    """Close every address that was given for a board; False when none was.

    The next token is kept and given to nobody: only `link` gives it, when it is asked for again.
    """
    generation = _generation(store, duty)
    if generation is None:
        return False
    _keep(store, settings, duty, generation + 1, at=at, who=who)
    return True


def _keep(store: Store, settings: Settings, duty: str, generation: int, *, at: datetime, who: str) -> str:
    claims = claims_for(duty, generation=generation)
    token = derive(settings.secret(), store.council, claims)
    store.outbox.keep_lasting_token(token_hash(token), claims, at=at, who=who)
    return token


def _generation(store: Store, duty: str) -> int | None:
    return store.outbox.token_generation(reader_key(duty), BOARD)
