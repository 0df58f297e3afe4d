"""Build the page of a board: by duty and post, with nothing under embargo, no name, and no count below five."""

from dataclasses import dataclass
from datetime import date, datetime

from timeline.assurance.run import AssuranceRun, Figures
from timeline.boards import lists
from timeline.boards.lists import Coming, Escalated, Moved, OverduePost
from timeline.boards.programme import BoardProgramme, board_programme
from timeline.calendar.london import london_date
from timeline.calendar.wording import date_and_time, few, long_date
from timeline.picture.audience import Audience, PlannedWork, heard
from timeline.picture.contents import Contents, contents
from timeline.picture.items import PRESSING, Mark
from timeline.picture.paper import PAGE
from timeline.picture.table import TableRow, table
from timeline.planning.endings.council_end import coming_end
from timeline.programme.programme import Programme

_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class BoardView:
    """Hold all that the page of a board shows as it is at an instant.

    `pressing` are rows that are red or amber, the red and the legal dates first; `more_pressing` counts the others.
    `until` is the last of the next thirty working days in words, `proof` the end of the audit chain: how many events it
    has, and their last hash. `ends` says that the council is to end.
    `assurance` is empty before the first, `programme` before its findings are public.
    """

    council_name: str
    programme_name: str
    board: str
    as_of: str
    picture: Contents
    pressing: tuple[TableRow, ...]
    more_pressing: str
    coming: tuple[Coming, ...]
    until: str
    overdue: tuple[OverduePost, ...]
    escalated: tuple[Escalated, ...]
    moved: tuple[Moved, ...]
    assurance: str
    assured: str
    unexplained: bool
    events: int
    proof: str
    programme: BoardProgramme | None = None
    ends: str = ""


def board_view(
    work: PlannedWork,
    duty: str,
    *,
    assurance: AssuranceRun | None,
    chain_end: tuple[int, str],
    at: datetime,
    programme: Programme | None = None,
) -> BoardView:
    """Build the page for the board of that duty. `programme` is None where none may be told."""
    told = heard(work, Audience.BOARD, at=at)
    council, directory, on = told.timeline.council, told.timeline.directory, london_date(at)
    picture = contents(told, audience=Audience.BOARD, at=at)
    until_on = told.timeline.calendars.office.ahead(on, lists.AHEAD)
    pressing = sorted((row for row in table(picture, PAGE.span(on)) if row.state in PRESSING), key=_urgency)
    return BoardView(
        council_name=council.name,
        programme_name=council.programme,
        board=next((each.title for each in told.timeline.obligations if each.key == duty), duty),
        as_of=date_and_time(at),
        picture=picture,
        pressing=tuple(pressing[:_SHOWN]),
        more_pressing=few(len(pressing) - _SHOWN) if len(pressing) > _SHOWN else "",
        coming=lists.coming(picture, told, on=on, until_on=until_on),
        until=long_date(until_on),
        overdue=lists.overdue(told.tasks, directory, on=on),
        escalated=lists.escalated(told.tasks, directory),
        moved=lists.moved(picture, on=on),
        assurance=_figures(assurance.figures) if assurance else "",
        assured=date_and_time(assurance.at) if assurance else "",
        unexplained=bool(assurance and assurance.figures.unexplained),
        events=chain_end[0],
        proof=chain_end[1],
        programme=board_programme(programme, directory, on=on) if programme else None,
        ends=coming_end(told.timeline, at=at),
    )


def _urgency(row: TableRow) -> tuple[bool, bool, date]:
    return row.state != Mark.RED, not row.is_law, row.on or date.max


def _figures(figures: Figures) -> str:
    """Word the figures of an assurance; a count of nothing stays nothing, for that is what it proves."""
    named = [(figures.due, "due"), (figures.sent, "sent"), (figures.delivered, "delivered")]
    named += [(figures.unexplained, "unexplained")]
    return f"{', '.join(f'{few(number)} {what}' for number, what in named)}."
