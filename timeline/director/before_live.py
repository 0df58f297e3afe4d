"""Find the tasks of class A and B that were due before the council went live: "was this done?" is asked until it was.

A task that was due before is history: nobody is chased for it, and no colour shows it. Applied late, a timeline would
bury a legal date so. Once the submission itself is done, nobody is asked about what led to it.
"""

from collections.abc import Sequence

from timeline.answers.responses import State
from timeline.definitions.duties import DutyClass
from timeline.director.risks import by_date, of_duty
from timeline.escalation.task_context import TaskContext

_ASKED_ABOUT = (DutyClass.A, DutyClass.B)


def was_this_done(tasks: Sequence[TaskContext]) -> tuple[TaskContext, ...]:
    """Give those about which nobody has said that they are done, the submissions and class A first, by date."""
    made = {of_duty(task) for task in tasks if task.milestone.completes and task.status.is_done}
    past = (task for task in tasks if _is_asked_about(task) and of_duty(task) not in made)
    return tuple(
        sorted(past, key=lambda task: (task.milestone.duty_class, not task.milestone.completes, by_date(task)))
    )


def _is_asked_about(task: TaskContext) -> bool:
    milestone = task.milestone
    ours = milestone.ours and not milestone.closed_because and milestone.duty_class in _ASKED_ABOUT
    return ours and task.is_history and task.status.state not in (State.DONE, State.UNCONFIRMED)
