"""Word the figures that a task asks for: each with its last value, and how to send them."""

from typing import NamedTuple

from timeline.escalation.task_context import TaskContext
from timeline.programme.asked.figures import figures_asked, last_words


class FigureLine(NamedTuple):
    """Hold a figure that is asked for: its measure's key and title, the unit in words, and its last value."""

    key: str
    title: str
    unit: str
    last: str

    @property
    def named(self) -> str:
        """Name it with its unit."""
        return f"{self.title} (in {self.unit})" if self.unit else self.title

    @property
    def whole(self) -> str:
        """Name it with its unit and its last value."""
        return f"{self.named}: {self.last}" if self.last else f"{self.named}: no value yet"


def figure_lines(task: TaskContext) -> tuple[FigureLine, ...]:
    """Give the figures that the task asks for."""
    return tuple(
        FigureLine(each.key, each.title, each.unit, last_words(each, on=task.on)) for each in figures_asked(task)
    )


def how_to_send(lines: tuple[FigureLine, ...], number: int | None, *, replies: bool) -> str:
    """Say how to send them, in a mail that is answered by replying or by its page; `number` is the task's in a mail
    with several.
    """
    if not lines:
        return ""
    done = f"{number} done" if number else "done"
    them = "it" if len(lines) == 1 else "each"
    if not replies:
        return "Fill them in on the page."
    example = f"“{lines[0].title}: 18”"
    return f"Reply “{done}” and below that a line for {them}, such as {example}, or fill them in on the page."
