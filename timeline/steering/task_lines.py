"""Rate tasks as lists show them: each with its colour, the reason, and the same values for programs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from timeline.answers.responses import State
from timeline.calendar.wording import iso_date
from timeline.escalation.rag import Rag, Rated, agreed, rate
from timeline.escalation.task_context import TaskContext
from timeline.programme.sheets.tables import Table

KEYS = ("ref", "title", "class", "legal_on", "due_on", "state", "rag", "rag_why", "post", "owner")
"""The values of a line, in the order of the columns of a CSV file."""
_NEEDS_SOMEBODY = (Rag.RED, Rag.AMBER)
# Words for a state whose name alone is not clear to people.
_STATES = {State.UNCONFIRMED: "done, not confirmed"}


@dataclass(frozen=True)
class Line:
    """Show a milestone as `list`, `show` and the pages of the programme team do."""

    task: TaskContext
    rated: Rated

    @property
    def ref(self) -> str:
        return self.task.milestone.ref

    @property
    def state(self) -> str:
        """Give its state in words."""
        state = self.task.status.state
        return _STATES.get(state, state.value)

    @property
    def post_title(self) -> str:
        return self.task.timeline.directory.posts[self.task.milestone.owner].title

    @property
    def needs_somebody(self) -> bool:
        """Tell whether it is red or amber, or asks for help."""
        return self.rated.rag in _NEEDS_SOMEBODY or self.task.status.state in (State.BLOCKED, State.DECLINED)

    @property
    def is_coming(self) -> bool:
        """Tell whether somebody still has to do it."""
        over = self.task.is_history or self.task.milestone.closed_because
        return not over and self.task.status.state is not State.DONE

    def as_object(self) -> dict[str, object]:
        """Return the JSON object of the design ("JSON. … `list`")."""
        milestone, directory = self.task.milestone, self.task.timeline.directory
        holder = directory.holder(milestone.owner, on=self.task.on)
        return {
            "ref": milestone.ref,
            "title": milestone.title,
            "class": milestone.duty_class.value,
            "legal_on": iso_date(milestone.legal_on),
            "due_on": iso_date(milestone.due_on),
            "state": self.task.status.state.value,
            "rag": self.rated.rag.value,
            "rag_why": self.rated.why,
            "post": milestone.owner,
            "owner": holder.person.name if holder else None,
        }


def task_table(lines: Iterable[Line]) -> Table:
    """Lay tasks out for whoever passes them on: by post, and never by person."""
    columns = tuple(key for key in KEYS if key != _PERSON)
    objects = (line.as_object() for line in lines)
    return Table("tasks", columns, tuple(tuple(_text(each[column]) for column in columns) for each in objects))


_PERSON = "owner"


def _text(value: object) -> str | None:
    return value if value is None else str(value)


def task_lines(tasks: Iterable[TaskContext], *, prefix: str = "") -> Iterator[Line]:
    """Rate the tasks whose reference begins with `prefix`, by date; those that wait for a date come last.

    `tasks` hold all tasks of their occurrences: a colour may hang on another task, that the committee has decided.
    """
    in_order = sorted(tasks, key=lambda task: (task.milestone.due_on or date.max, task.milestone.ref))
    decided = agreed(in_order)
    for task in in_order:
        if task.milestone.ref.startswith(prefix):
            is_agreed = (task.milestone.obligation, task.milestone.number) in decided
            yield Line(task, _rated(task, is_agreed))


def _rated(task: TaskContext, is_agreed: bool) -> Rated:
    """Rate the task; add the pause to the reason where it holds anything up. A pause changes no colour."""
    rated, pause = rate(task, agreed=is_agreed), task.held_up_by
    return rated._replace(why=f"{rated.why} {pause.sentence}") if pause else rated
