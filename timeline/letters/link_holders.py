"""Tell whether the link of a mail is with somebody who is still asked: no link outlives its holder's post."""

from timeline.definitions.duties import OWNER
from timeline.delivery.messages import TokenClaims
from timeline.escalation.prompts import SHADOW
from timeline.escalation.task_context import TaskContext


def was_reassigned(task: TaskContext, claims: TokenClaims) -> bool:
    """Tell whether a link's holder is no longer asked: the task has another owner, or the person has left the post for
    which they were asked, as owner, as manager or to confirm.
    """
    directory = task.timeline.directory
    if any(person not in directory.people for person in (claims.person, claims.reader)):
        return True
    held = set(directory.posts_of(claims.person, on=task.on))
    entries = [entry for entry in task.entries if entry.key.person.removeprefix(SHADOW) == claims.person]
    asked_as = {entry.post for entry in entries if entry.selector != OWNER}
    still_asked = bool(held & asked_as) or not entries or task.audience.is_with(claims.person)
    return not held or not still_asked or not _is_near(task, claims, held | asked_as)


def _is_near(task: TaskContext, claims: TokenClaims, posts: set[str]) -> bool:
    """Tell whether the reader is the person asked, or holds a post that stands in or manages there: it went to a
    deputy, or to the line manager, where that person could not be reached.
    """
    directory = task.timeline.directory
    near = {post for asked in posts for post in directory.line(asked)}
    near |= {deputy for post in near if (deputy := directory.deputy_post(post))}
    own = directory.posts_of(claims.reader, on=task.on)
    return bool(own) if claims.reader == claims.person else bool(near & set(own))
