"""Word the actions about which their owner is asked: each with its number, its day, and how it stood last."""

from typing import NamedTuple

from timeline.calendar.wording import near_date, short_date
from timeline.escalation.task_context import TaskContext
from timeline.programme.asked.own_actions import actions_asked


class ActionLine(NamedTuple):
    """Hold an action as its owner is asked about it: its number and title, its day, and how it stood last."""

    number: int
    title: str
    due: str
    said: str

    @property
    def named(self) -> str:
        """Name it with its number and its day."""
        return f"A{self.number} {self.title}, {self.due}"

    @property
    def whole(self) -> str:
        """Say all of it."""
        return f"{self.named}. {self.said}"


def action_lines(task: TaskContext) -> tuple[ActionLine, ...]:
    """Give the open actions that a task asks about."""
    lines = []
    for action in actions_asked(task):
        now = action.stands(on=task.on)
        due = f"due {short_date(now.due_on)}" if now.due_on else "without a date"
        lines.append(ActionLine(action.number, action.title, due, now.said))
    return tuple(lines)


def reply_words(lines: tuple[ActionLine, ...]) -> str:
    """Say how a mail is answered, without a full stop."""
    if len(lines) == 1:
        return "Reply “1” if it is on track, “2” and why if it slips, “3” and what would help if you need help"
    each = f"“A{lines[0].number} yes” and “A{lines[1].number} slipping: the supplier is late”"
    return (
        "Reply “1” if all are on track, “2” and why if they slip, “3” and what would help if you need help; or with a "
        f"line for each, such as {each}"
    )


def answer_by(task: TaskContext) -> str:
    """Ask for an answer by the day on which it is due."""
    due_on = task.milestone.due_on
    if due_on is None or due_on <= task.on:
        return "Please answer today."
    return f"Please answer by {near_date(due_on, on=task.on)}."
