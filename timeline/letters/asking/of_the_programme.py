"""Give a page who asks, and what of the programme its task asks about."""

from typing import TypedDict

from timeline.escalation.task_context import TaskContext
from timeline.letters.asking.figures import FigureLine, figure_lines
from timeline.letters.asking.stands import ActionLine, action_lines


class AskedOfProgramme(TypedDict):
    """Hold who asks, and the figures and actions that are asked about."""

    council_name: str
    programme_name: str
    figures: tuple[FigureLine, ...]
    actions: tuple[ActionLine, ...]


def asked_of(task: TaskContext) -> AskedOfProgramme:
    """Give who asks, and which figures and actions of the programme it asks about."""
    return {
        "council_name": task.council.name,
        "programme_name": task.council.programme,
        "figures": figure_lines(task),
        "actions": action_lines(task),
    }
