"""Name the protocols that the pages need: secure links, the review list, the timeline and assurance."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from timeline.assurance.report import AssuranceView
from timeline.boards.page import BoardView
from timeline.director.briefings import BriefingState
from timeline.letters.own_actions import OwnActionView, SaidOfAction
from timeline.letters.page_views import (
    AwayView,
    DeadLink,
    DraftView,
    MessageView,
    MineView,
    Recorded,
    Reply,
    ReviewItem,
    TaskHead,
    TaskView,
)
from timeline.steering.filters import Filters
from timeline.steering.narrowing import Asked
from timeline.steering.people_sheet import PeopleSheet
from timeline.steering.record_lists import Narrowing, RecordList
from timeline.steering.record_sheet import RecordSheet
from timeline.steering.task_sheet import OccurrenceSheet, TaskSheet
from timeline.steering.timeline_sheet import TimelineSheet
from timeline.steering.today import Today
from timeline.window.standing import Standing


class OpenedTask(Protocol):
    """Hold what a link opened at an instant: read once, shown, and answered as it was read."""

    @property
    def head(self) -> TaskHead | DeadLink:
        """Give what the form of an answer needs of the task."""
        ...

    @property
    def view(self) -> TaskView | DeadLink:
        """Give what the holder of the link sees."""
        ...

    def quiet(self) -> tuple[str, ...]:
        """Say whether mails leave at present."""
        ...

    def answer(self, reply: Reply) -> Recorded | DeadLink:
        """Record the reply once, however often it is sent; `AnswerRefused` carries a sentence for people."""
        ...


class OfficerPages(Protocol):
    """Ask for secure links and answers. Tokens arrive well-formed: 16 characters of a–z2–9."""

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """Show the page behind the link at that instant; change nothing."""
        ...

    def opened(self, token: str, *, at: datetime) -> OpenedTask | MessageView | DeadLink:
        """Open the link for whoever may answer next; change nothing."""
        ...

    def ask_for_tasks(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """Write the mail that opens the person's list of tasks, to that person's address; give the page of the link."""
        ...

    def ask_at(self, address: str, *, at: datetime) -> None:
        """Write and send that mail to the person with this address; do nothing when nobody has it."""
        ...

    def send_waiting(self, *, at: datetime) -> None:
        """Send the mails that `ask_for_tasks` wrote."""
        ...

    def open_tasks(self, token: str, *, at: datetime) -> MineView | DeadLink:
        """Show the list behind the link of such a mail; change nothing."""
        ...

    def end_absence(self, token: str, named: str, last_on: date | None, *, at: datetime) -> DeadLink | None:
        """State the last day of an absence of the person of that list; None means back today. `Refused` carries a
        sentence for people.
        """
        ...

    def open_action(self, token: str, key: str, *, at: datetime) -> OwnActionView | DeadLink:
        """Show an action of the plan to its owner, behind their list's link; change nothing. `UpdateRefused` carries a
        sentence for people.
        """
        ...

    def update_action(self, token: str, key: str, said: SaidOfAction, *, at: datetime) -> DeadLink | None:
        """Add what its owner says of it, once; `UpdateRefused` as above."""
        ...

    def open_briefing(self, token: str, ref: str, *, at: datetime) -> DraftView | DeadLink:
        """Show a draft for the lead member to a person who may release it, behind their list's link; change nothing.

        `AnswerRefused` carries a sentence for people.
        """
        ...

    def settle_briefing(
        self, token: str, ref: str, choice: BriefingState, seen: str, *, at: datetime
    ) -> Recorded | DeadLink:
        """Release or discard that draft once, with the words that were seen; `AnswerRefused` as above."""
        ...


class Reviews(Protocol):
    """Ask for the incoming messages that wait for a person to read them."""

    def held(self) -> tuple[ReviewItem, ...]:
        """List the messages, oldest first."""
        ...

    def close(self, id_: str, *, at: datetime, who: str, erase: bool) -> bool:
        """Take a message off the list, and erase its words if asked; False when it is not on the list.

        Raises OnHold when a legal hold keeps the words: then it stays on the list.
        """
        ...


class AbsencesKnown(Protocol):
    """Ask for the absences that are not over, for administrators."""

    def views(self, *, at: datetime) -> tuple[AwayView, ...]:
        """List them by their first day; change nothing."""
        ...


class Councils(Protocol):
    """Name the councils whose timelines these pages show."""

    def names(self) -> Mapping[str, str]:
        """Give the name of each council that can be read, by its key."""
        ...


class Steering(Protocol):
    """Give the timeline of a council as the programme team sees it, by the council's key; nothing is changed."""

    def filters(self, council: str, typed: Asked) -> Filters:
        """Give what the filters of the timeline offer."""
        ...

    def timeline(self, council: str, typed: Asked, *, at: datetime) -> TimelineSheet:
        """Give the page of the timeline; `NotOffered` carries a sentence about a filter that is not known."""
        ...

    def task(self, council: str, ref: str, *, at: datetime) -> TaskSheet | OccurrenceSheet:
        """Give the page of a task or an occurrence; `NoSuchTask` carries a sentence."""
        ...

    def people(self, council: str, *, at: datetime) -> PeopleSheet:
        """Give the page of people."""
        ...

    def today(self, council: str, *, at: datetime) -> Today:
        """Give the start page."""
        ...


class Programmes(Protocol):
    """Give the improvement programme of a council, by the council's key; nothing is changed.

    `NoProgramme` says that there is none, `NotPublished` that it may not be told yet.
    """

    def records(self, council: str, page: str, asked: Narrowing, *, at: datetime) -> RecordList:
        """Give the list of a page."""
        ...

    def record(self, council: str, record: str, *, at: datetime) -> RecordSheet | None:
        """Give the page of a record; None where there is none."""
        ...


class Quiets(Protocol):
    """Ask for what is stopped or paused now, in sentences."""

    def sentences(self, *, at: datetime) -> tuple[str, ...]:
        """Say everything, for administrators."""
        ...

    def brief(self, token: str) -> tuple[str, ...]:
        """Say that no mail leaves, to who reads what stands behind a token of the council that is stopped."""
        ...


class Boards(Protocol):
    """Open the pages of the boards, behind their links."""

    def open_board(self, token: str, *, at: datetime) -> BoardView | DeadLink:
        """Show the board's page behind the link at that instant; change nothing."""
        ...


class Assurances(Protocol):
    """Ask for the results of assurance, for administrators."""

    def views(self, *, at: datetime) -> tuple[AssuranceView, ...]:
        """Give each council's page; change nothing."""
        ...

    def needs_somebody(self) -> bool:
        """Tell whether the last assurance needs a person to act."""
        ...

    def tell_of_silence(self, token: str, *, at: datetime) -> bool:
        """Tell the programme lead if no assurance has run; False for a token that is not Prefect's."""
        ...


class Standings(Protocol):
    """Ask how all councils stand."""

    def all(self, *, at: datetime) -> tuple[Standing, ...]:
        """Give how each council stands at that instant, by name."""
        ...

    def open_to(self, key: str) -> bool:
        """Tell whether this is the key of a program that may see all councils."""
        ...
