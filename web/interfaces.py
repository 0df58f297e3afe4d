"""What the pages ask of the rooms below: the door behind every secure link, the review list, and assurance."""

from datetime import datetime
from typing import Protocol

from timeline.assurance.report import AssuranceView
from timeline.director.briefings import BriefingState
from timeline.letters.page_views import (
    DeadLink,
    DraftView,
    MessageView,
    MineView,
    Recorded,
    Reply,
    ReviewItem,
    TaskView,
)


class OfficerPages(Protocol):
    """Opens links and takes answers. Tokens arrive well-formed: 16 characters of a–z2–9."""

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """What stands behind the link at that instant; changes nothing."""
        ...

    def answer(self, token: str, reply: Reply, *, at: datetime) -> Recorded | DeadLink:
        """Record the reply once, however often it is sent; `AnswerRefused` carries a sentence for people."""
        ...

    def ask_for_tasks(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """Write the mail that opens the person's list of tasks, to that person's own address; gives what stands behind
        the link.
        """
        ...

    def ask_at(self, address: str, *, at: datetime) -> None:
        """Write that mail to whoever has this address, and let it leave; nothing where nobody has it."""
        ...

    def send_waiting(self, *, at: datetime) -> None:
        """Let leave what `ask_for_tasks` wrote."""
        ...

    def open_tasks(self, token: str, *, at: datetime) -> MineView | DeadLink:
        """The list behind the link of such a mail; changes nothing."""
        ...

    def open_briefing(self, token: str, ref: str, *, at: datetime) -> DraftView | DeadLink:
        """A draft for the lead member, behind the link of the list of somebody who may release it; changes nothing.

        `AnswerRefused` carries a sentence for people.
        """
        ...

    def settle_briefing(
        self, token: str, ref: str, choice: BriefingState, seen: str, *, at: datetime
    ) -> Recorded | DeadLink:
        """Release or discard that draft once, in the words that were seen; `AnswerRefused` as above."""
        ...


class Reviews(Protocol):
    """What came in and waits for a person's eyes."""

    def held(self) -> tuple[ReviewItem, ...]:
        """The oldest first."""
        ...

    def close(self, id_: str, *, at: datetime, who: str, erase: bool) -> bool:
        """Takes one off the list, and its words out of the store where asked; False when it is not on it.

        Raises OnHold when words were to go and a legal hold keeps them: it stays on the list.
        """
        ...


class Assurances(Protocol):
    """What assurance found, for administrators."""

    def views(self, *, at: datetime) -> tuple[AssuranceView, ...]:
        """What each council's page shows; changes nothing."""
        ...

    def needs_somebody(self) -> bool:
        """Whether the last assurance found something that somebody must see to."""
        ...

    def tell_of_silence(self, token: str, *, at: datetime) -> bool:
        """Tells the programme lead that no assurance has run, if so; False for a token that is not Prefect's."""
        ...
