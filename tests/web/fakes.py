"""A door kept in memory, for tests of the pages alone; and the views that stand behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from timeline.duties import DutyClass, Status
from timeline.responses import State
from timeline.views import (
    AnswerRefused,
    DeadLink,
    MessageTask,
    MessageView,
    Recorded,
    Reply,
    TaskView,
)

OPEN = "abcdefghjkmnpq23"
DONE = "dddddddddddddddd"
MESSAGE = "mmmmmmmmmmmmmmmm"
MOVED = "vvvvvvvvvvvvvvvv"
UNKNOWN = "zzzzzzzzzzzzzzzz"

TASK = TaskView(
    title="Director’s sign-off of the action plan",
    asks="Sign off the written statement of action, so that the lead member and the chief executive can be briefed.",
    obligation_title="Action plan to Ofsted and the Secretary of State",
    duty_class=DutyClass.A,
    due_phrase="due in 3 working days (5 calendar days), Thursday 14 November",
    due_on=date(2019, 11, 14),
    legal_on=date(2019, 11, 14),
    why=(
        "10 working days before the action plan is due on Thursday 28 November 2019.",
        "The action plan is due 70 working days after the report was received on Wednesday 21 August 2019.",
    ),
    basis="Council practice, before a duty of the Education and Inspections Act 2006, section 137(3)",
    status=Status.LOCAL,
    post_title="Director of People",
    person_name="Sam Hart",
    state=State.OPEN,
    state_phrase="",
    needs_evidence=True,
    council_name="Medway Council",
    programme_name="Improvement programme",
)
FINISHED = replace(TASK, state=State.DONE, state_phrase="You told us on Thu 14 Nov at 09:12 that it is done.")
SEVERAL = MessageView(
    council_name="Medway Council",
    programme_name="Improvement programme",
    person_name="Sam Hart",
    tasks=(
        MessageTask(1, TASK.title, TASK.due_phrase, f"/r/{OPEN}"),
        MessageTask(2, FINISHED.title, FINISHED.due_phrase, f"/r/{DONE}"),
    ),
)
VIEWS: Mapping[str, TaskView | MessageView | DeadLink] = {
    OPEN: TASK,
    DONE: FINISHED,
    MESSAGE: SEVERAL,
    MOVED: DeadLink("moved"),
}


@dataclass
class MemoryDoor:
    """Keeps what it was told; answers like the real door, and as often as it is asked."""

    views: Mapping[str, TaskView | MessageView | DeadLink] = field(default_factory=lambda: VIEWS)
    refusal: str = ""
    told: list[tuple[str, Reply]] = field(default_factory=list)

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        assert at.tzinfo is not None
        return self.views.get(token, DeadLink("unknown"))

    def answer(self, token: str, reply: Reply, *, at: datetime) -> Recorded | DeadLink:
        if self.refusal:
            raise AnswerRefused(self.refusal)
        already = (token, reply) in self.told
        self.told.append((token, reply))
        return Recorded("Thank you, we have your answer", ("The task stays open until it is done.",), already)
