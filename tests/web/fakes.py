"""Keep a door in memory, for tests of the pages alone; and the views that stand behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.store import OnHold
from tasks.changes.record import Refused
from tests.web.views import AWAY, DRAFT, HELD, LISTS, VIEWS, WAITS
from timeline.answers.responses import Answer
from timeline.director.briefings import BriefingState
from timeline.letters.own_actions import OwnActionView, SaidOfAction
from timeline.letters.page_views import (
    AnswerRefused,
    AwayView,
    DeadLink,
    DraftView,
    MessageView,
    MineView,
    Recorded,
    Reply,
    ReviewItem,
    TaskView,
)


@dataclass
class MemoryDoor:
    """Keep what it was told; answers like the real door, and as often as it is asked."""

    views: Mapping[str, TaskView | MessageView | DeadLink] = field(default_factory=lambda: VIEWS)
    refusal: str = ""
    stopped: tuple[str, ...] = ()
    told: list[tuple[str, Reply]] = field(default_factory=list)
    lists: Mapping[str, MineView | DeadLink] = field(default_factory=lambda: LISTS)
    asked: list[str] = field(default_factory=list)
    sent: int = 0
    addresses: list[str] = field(default_factory=list)
    settled: list[tuple[str, BriefingState, str]] = field(default_factory=list)
    ended: list[tuple[str, str, date | None]] = field(default_factory=list)

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        assert at.tzinfo is not None
        return self.views.get(token, DeadLink("unknown"))

    def opened(self, token: str, *, at: datetime) -> "OpenedInMemory | MessageView | DeadLink":
        view = self.open_link(token, at=at)
        return OpenedInMemory(self, token, view, at) if isinstance(view, TaskView) else view

    def answer(self, token: str, reply: Reply, *, at: datetime) -> Recorded | DeadLink:
        if self.refusal:
            raise AnswerRefused(self.refusal)
        already = (token, reply) in self.told
        self.told.append((token, reply))
        passed_on = reply.answer is Answer.DELEGATED
        return Recorded(
            "Thank you, we have your answer", ("The task stays open until it is done.",), already, passed_on
        )

    def end_absence(self, token: str, named: str, last_on: date | None, *, at: datetime) -> DeadLink | None:
        view = self.lists.get(token, DeadLink("unknown"))
        if isinstance(view, DeadLink):
            return view
        if self.refusal or named not in [away.named for away in view.away]:
            raise Refused(self.refusal or "That absence is over, or was never known: look at the page again.")
        self.ended.append((token, named, last_on))
        return None

    def ask_for_tasks(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        view = self.open_link(token, at=at)
        if not isinstance(view, DeadLink):
            self.asked.append(token)
        return view

    def ask_at(self, address: str, *, at: datetime) -> None:
        assert at.tzinfo is not None
        self.addresses.append(address)

    def open_briefing(self, token: str, ref: str, *, at: datetime) -> DraftView | DeadLink:
        assert at.tzinfo is not None
        if not isinstance(self.lists.get(token), MineView):
            return DeadLink("unknown")
        if ref != DRAFT.ref or self.settled:
            raise AnswerRefused("This draft is no longer there.")
        return DRAFT

    def settle_briefing(
        self, token: str, ref: str, choice: BriefingState, seen: str, *, at: datetime
    ) -> Recorded | DeadLink:
        if not isinstance(self.lists.get(token), MineView):
            return DeadLink("unknown")
        if self.refusal:
            raise AnswerRefused(self.refusal)
        self.settled.append((ref, choice, seen))
        return Recorded("Released" if choice is BriefingState.RELEASED else "Discarded", ("It is kept.",))

    def send_waiting(self, *, at: datetime) -> None:
        assert at.tzinfo is not None
        self.sent += 1

    def open_action(self, token: str, key: str, *, at: datetime) -> OwnActionView | DeadLink:
        return DeadLink("unknown")

    def update_action(self, token: str, key: str, said: SaidOfAction, *, at: datetime) -> DeadLink | None:
        return DeadLink("unknown")

    def open_tasks(self, token: str, *, at: datetime) -> MineView | DeadLink:
        assert at.tzinfo is not None
        return self.lists.get(token, DeadLink("unknown"))


@dataclass(frozen=True)
class OpenedInMemory:
    """Hold a task that was opened in that door."""

    door: MemoryDoor
    token: str
    view: TaskView
    at: datetime

    @property
    def head(self) -> TaskView:
        return self.view

    def quiet(self) -> tuple[str, ...]:
        return self.door.stopped

    def answer(self, reply: Reply) -> Recorded | DeadLink:
        return self.door.answer(self.token, reply, at=self.at)


@dataclass
class MemoryAbsences:
    """Hold absences in memory."""

    away: tuple[AwayView, ...] = field(default_factory=lambda: (AWAY, WAITS))

    def views(self, *, at: datetime) -> tuple[AwayView, ...]:
        return self.away


@dataclass
class MemoryReviews:
    """Hold a review list in memory."""

    items: list[ReviewItem] = field(default_factory=lambda: list(HELD))
    closed: list[tuple[str, str, bool]] = field(default_factory=list)
    on_hold: str = ""

    def held(self) -> tuple[ReviewItem, ...]:
        return tuple(self.items)

    def close(self, id_: str, *, at: datetime, who: str, erase: bool) -> bool:
        if erase and self.on_hold:
            raise OnHold(self.on_hold)
        review_items = [review_item for review_item in self.items if review_item.id == id_]
        self.items = [review_item for review_item in self.items if review_item.id != id_]
        self.closed += [(id_, who, erase) for _ in review_items]
        return bool(review_items)
