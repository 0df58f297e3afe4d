"""What stands behind a token, for whoever brings one: a page, a mail, Teams. Looking changes nothing."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.answers import was_reassigned
from tasks.council.ledger import stores
from tasks.council.tokens import kept
from timeline.delivery.messages import TokenOf
from timeline.escalation.task_context import Ground, ground
from timeline.ical.invitations import entry_of
from timeline.letters.my_tasks import is_asked, stands_on_list
from timeline.letters.page_views import DeadLink
from timeline.letters.task_page import closed_sentences, moved_sentences


def find(settings: Settings, token: str) -> tuple[Store, TokenOf] | None:
    """The council that made the token, and what it is bound to; None when none did.

    The answer of a calendar answers the last mail that spoke of its entry.
    """
    found = next(((store, of) for store in stores(settings) if (of := store.token(kept(token)))), None)
    if found and (entry := entry_of(found[1])):
        store, of = found
        return store, store.invited_with(of.person, entry) or of
    return found


def task_behind(store: Store, settings: Settings, of: TokenOf, *, at: datetime) -> Ground | DeadLink:
    """The task as it stands at that instant, or why its token answers no more, with what may be said about it."""
    gathered = store.gathered(of.milestone, settings.working_hours)
    if gathered is None:
        return DeadLink("closed")
    timeline, found, said = gathered
    task = ground(timeline, found.milestone, said, found.responses, at=at)
    if found.milestone.due_on is None or found.milestone.closed_because:
        return DeadLink("closed", closed_sentences(task, of))
    if found.milestone.due_on != of.due_on:
        return DeadLink("moved", moved_sentences(task, of))
    if not is_asked(task, of.person) if stands_on_list(of) else was_reassigned(task, of):
        return DeadLink("reassigned")
    return task if found.generation == of.generation else _outlived(task, of.person)


def _outlived(found: Ground, person: str) -> DeadLink:
    """A link from before a date moved and came back, or from before somebody else was asked: the older ones stay dead,
    the newest mail has one that answers.
    """
    if not found.standing.delegated_to:
        return DeadLink("moved")
    asked = found.asked()
    return DeadLink("unknown" if asked and asked.person.key == person else "reassigned")
