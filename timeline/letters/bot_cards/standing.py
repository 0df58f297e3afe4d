"""Tell whether a card in a chat still says how its tasks stand."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from timeline.escalation.task_context import TaskContext
from timeline.letters.page_views import DeadLink


def standing(tasks: Sequence[TaskContext | DeadLink], *, sent_at: datetime) -> str:
    """Give a digest of how the tasks of a card stand now; empty while they stand as the card said when it was sent.

    The days that are left are no part of it: nobody's card is edited each morning.
    """
    if not any(_has_changed(task, sent_at) for task in tasks):
        return ""
    return hashlib.sha256("\0".join(map(_in_words, tasks)).encode()).hexdigest()


def _has_changed(task: TaskContext | DeadLink, sent_at: datetime) -> bool:
    if isinstance(task, DeadLink):
        return True
    answered = task.status.confirmed or task.status.response
    return answered is not None and answered.at > sent_at


def _in_words(task: TaskContext | DeadLink) -> str:
    if isinstance(task, DeadLink):
        return " ".join((task.reason, *task.sentences))
    answered = task.status.confirmed or task.status.response
    return f"{task.status.state.value} {answered.at.isoformat() if answered else ''} {task.status.delegated_to}"
