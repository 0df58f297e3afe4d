"""Word phrases that several letters share."""

from collections.abc import Iterable

from timeline.answers.responses import Response
from timeline.calendar.wording import long_date
from timeline.definitions.council import Council
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone

NO_NAMES = "Please do not name a child, a family or a case number in an answer."


def trial_run(council: Council, *, meant_for: str) -> str:
    """Say for whom a mail of the trial run was meant, such as "Trial run until Friday 15 November 2019: …"."""
    until = long_date(council.shadow_until) if council.shadow_until else "further notice"
    return f"Trial run until {until}: this would have gone to {meant_for}."


def their_words(response: Response | None) -> str:
    """Quote the words of an answer, to follow a sentence; empty without words."""
    words = quoted(response.text) if response else ""
    return f" {words}" if words else ""


def quoted(words: str) -> str:
    """Set off somebody's words from ours, such as "Their words: “two people short”"; empty without words."""
    return f"Their words: “{' '.join(words.split())}”" if words.strip() else ""


def listed_as(milestone: Milestone) -> str:
    """Name the task as lists and calendars do, where a mail calls it by what is to be done."""
    return f"On the timeline: “{milestone.title}”." if milestone.act else ""


def act_of(milestone: Milestone) -> str:
    """Give what is to be done in a few words, such as "submit the action plan"; without any, the title."""
    return milestone.act or milestone.title


def shown_as(task: TaskContext) -> str:
    """Head a page or a line with what is to be done, and once it is done with its title."""
    return task.milestone.title if task.status.is_done else heading_of(task.milestone)


def heading_of(milestone: Milestone) -> str:
    """Give the same with a capital, as the heading of a mail or a page: a title may read as if it were done."""
    words = act_of(milestone)
    return f"{words[:1].upper()}{words[1:]}"


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
