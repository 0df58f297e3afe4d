"""Hold what a link opened: gathered once, shown, and answered as it was gathered."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from config.settings import Settings
from models.store import Linked, Store
from tasks.council.answers import record_response, whose
from tasks.links.chats_kept_true import keep_soon
from tasks.links.link_target import task_of, view_of
from tasks.processes.wake_notify import wake_soon
from timeline.answers.inbound import Inbound
from timeline.answers.responses import AT_ONCE, Answer, AnswerRefused, Given
from timeline.delivery.messages import TokenClaims
from timeline.escalation.quiet import brief
from timeline.escalation.task_context import TaskContext
from timeline.letters.page_views import DeadLink, Recorded, Reply, TaskHead, TaskView
from timeline.letters.task_page import task_head


@dataclass(frozen=True)
class OpenedTask:
    """Hold the task behind a link at an instant, read in the same snapshot as the link."""

    store: Store
    settings: Settings
    linked: Linked
    at: datetime

    @property
    def claims(self) -> TokenClaims:
        return self.linked.claims

    @cached_property
    def task(self) -> TaskContext | DeadLink:
        """Give the task as it stands, or why its link no longer answers."""
        return task_of(self.claims, self.linked.task, at=self.at)

    @cached_property
    def head(self) -> TaskHead | DeadLink:
        """Give what the form of an answer needs of the task."""
        if isinstance(self.task, DeadLink):
            return self.task
        return task_head(self.task, self.task.timeline.directory.people[self.claims.reader])

    @cached_property
    def view(self) -> TaskView | DeadLink:
        """Give what the holder of the link sees; changes nothing."""
        return self.task if isinstance(self.task, DeadLink) else view_of(self.store, self.claims, self.task)

    def quiet(self) -> tuple[str, ...]:
        """Say whether mails leave at present, as it was when the link was opened."""
        return brief(self.linked.stopped)

    def answer(self, reply: Reply, *, via: str = "page", inbound: Inbound | None = None) -> Recorded | DeadLink:
        """Record the reply once, however often it is sent. Raises AnswerRefused, and AlreadyReceived for `inbound`."""
        if isinstance(self.task, DeadLink):
            return self.task
        recorded = record_response(
            self.store,
            self.settings,
            self.claims.milestone,
            self._given(self.task, reply, via),
            at=self.at,
            inbound=inbound,
            gathered=self.linked.task,
            judged=self.task,
        )
        if reply.answer in AT_ONCE and not recorded.already:
            wake_soon(self.settings)
        if not recorded.already and via == "page":
            keep_soon(self.settings, at=self.at)
        return recorded

    def _given(self, task: TaskContext, reply: Reply, via: str) -> Given:
        person = whose(self.claims, reply.answer)
        stand_in = self.claims.stand_in if person == self.claims.person else ""
        return Given(
            person=person,
            answer=reply.answer,
            via=via,
            evidence=reply.evidence,
            text=reply.text,
            answered_by=reply.answered_by if reply.answered_for else _named(task, stand_in),
            delegated_to=_delegate(task, reply),
            by=stand_in,
        )


def _named(task: TaskContext, person: str) -> str:
    return task.timeline.directory.people[person].name if person else ""


def _delegate(task: TaskContext, reply: Reply) -> str:
    """Give the key of the new owner. Raises AnswerRefused when nobody here has that address."""
    if reply.answer is not Answer.DELEGATED:
        return ""
    person = task.timeline.directory.at_address(reply.delegate)
    if person is None:
        raise AnswerRefused("Nobody on this timeline has that email address. Check it, or say that this is not yours")
    return person.key
