"""Phrases that several letters share."""

from collections.abc import Iterable

from timeline.answers.responses import Response
from timeline.calendar.wording import long_date
from timeline.definitions.council import Council
from timeline.escalation.task_context import TaskContext

NO_NAMES = "Please do not name a child, a family or a case number in an answer."


def trial_run(council: Council, *, meant_for: str) -> str:
    """Say for whom a mail of the trial run was meant, such as "Trial run until Friday 15 November 2019: …"."""
    until = long_date(council.shadow_until) if council.shadow_until else "further notice"
    return f"Trial run until {until}: this would have gone to {meant_for}."


def their_words(response: Response | None) -> str:
    """Quote the words of an answer, to follow a sentence; empty without words."""
    return f" Their words: {response.text}" if response and response.text else ""


def title_of(task: TaskContext, post: str) -> str:
    """Give the title of a post."""
    return task.timeline.directory.posts[post].title


def owner_title(task: TaskContext) -> str:
    """Give the title of the post that owns the task."""
    return title_of(task, task.milestone.owner)


def message_link(task_urls: Iterable[str], ref: str) -> str:
    """Give the address of the page with all tasks of a message, which lies beside the pages of its tasks; or empty."""
    url = next(filter(None, task_urls), "")
    return f"{url.rpartition('/')[0]}/{ref}" if url else ""
