"""Find the task behind the token that a page, a mail or Teams brings, and its view. Looking changes nothing."""

from collections.abc import Collection
from datetime import datetime

from config.settings import Settings
from models.store import Linked, LoadedTask, Store, find_token
from tasks.council.ledger import engine
from tasks.council.sight import in_sight
from tasks.council.tokens import token_hash
from timeline.delivery.messages import TokenClaims, TokenKind
from timeline.escalation.later_clock import task_now
from timeline.escalation.task_context import TaskContext
from timeline.ical.invitations import entry_of
from timeline.letters.link_holders import was_reassigned
from timeline.letters.my_tasks import is_asked, stands_on_list
from timeline.letters.page_views import DeadLink, TaskView
from timeline.letters.task_page import closed_sentences, moved_sentences, post_title, task_view
from timeline.planning.endings.council_end import told_behind_link

_PAGES = (TokenKind.PAGE, TokenKind.EARLIER)

Target = tuple[Store, TokenClaims]
"""The council that made a token, and what the token is bound to."""


def find_page(settings: Settings, token: str) -> Target | None:
    """Find what a secure link opens; None when no council made such a link. A reply's token opens nothing."""
    target = _find(settings, token, _PAGES)
    return None if target and entry_of(target[1]) else target


def find_answered(settings: Settings, token: str) -> Target | None:
    """Find what a mail answers. A calendar's answer counts as an answer to the last mail that carried the entry.

    A mail from before there were kinds is answered by the token that it has. It opens its page as well, as its reader
    expects, until the date moves.
    """
    target = _find(settings, token, (TokenKind.REPLY, TokenKind.ENTRY, TokenKind.EARLIER))
    if target and (entry := entry_of(target[1])):
        store, claims = target
        return store, store.outbox.invitation_token(claims.person, entry) or claims
    return target


def find_returned(settings: Settings, token: str) -> Target | None:
    """Find the mail to whose envelope sender something came: only mail systems know that address."""
    return _find(settings, token, (TokenKind.BOUNCE,))


def find_board(settings: Settings, token: str) -> Target | None:
    """Find what the link of a board opens: its token opens no page of an officer, and none of theirs opens a board."""
    return _find(settings, token, (TokenKind.BOARD,))


def find_reader(settings: Settings, token: str) -> Target | None:
    """Find the council whose records the token of a program reads."""
    return _find(settings, token, (TokenKind.READER,))


def find_task(settings: Settings, token: str) -> tuple[Store, Linked] | None:
    """Find what a secure link opens as `find_page` does, with its task as it is stored in the same snapshot."""
    target = _look(settings, token, _PAGES, with_task=True)
    return None if target is None or entry_of(target[1].claims) else target


def _find(settings: Settings, token: str, kinds: Collection[TokenKind]) -> Target | None:
    target = _look(settings, token, kinds)
    return (target[0], target[1].claims) if target else None


def _look(
    settings: Settings, token: str, kinds: Collection[TokenKind], *, with_task: bool = False
) -> tuple[Store, Linked] | None:
    hours, database = settings.working_hours if with_task else None, engine(settings.database_url)
    linked = find_token(database, token_hash(token), kinds, hours=hours)
    # The mailbox of a council brings answers to no other, whatever token stands in them.
    return (Store(database, linked.council), linked) if linked and in_sight(linked.council) else None


def task_behind(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime) -> TaskContext | DeadLink:
    """Give the task at that instant, or why its token no longer answers and what may be said about it."""
    return task_of(claims, store.definitions.load_task(claims.milestone, settings.working_hours), at=at)


def task_of(claims: TokenClaims, gathered: LoadedTask | None, *, at: datetime) -> TaskContext | DeadLink:
    """Give the same of a task that was read already."""
    if gathered is None:
        return DeadLink("closed")
    timeline, stored, entries = gathered
    if ended := told_behind_link(timeline, at=at):
        return DeadLink("ended", ended)
    task = task_now(timeline, stored.milestone, entries, stored.responses, at=at)
    if stored.milestone.due_on is None or stored.milestone.closed_because:
        return DeadLink("closed", closed_sentences(task, claims))
    if stored.milestone.due_on != claims.due_on:
        return DeadLink("moved", moved_sentences(task, claims))
    if not is_asked(task, claims.person) if stands_on_list(claims) else was_reassigned(task, claims):
        return DeadLink("reassigned")
    return task if stored.generation == claims.generation else _outlived(task, claims.person)


def may_hear(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime) -> bool:
    """Tell whether no embargo keeps the task from the reader of a link."""
    gathered = store.definitions.load_task(claims.milestone, settings.working_hours)
    if gathered is None:
        return True
    timeline, stored, _ = gathered
    return task_now(timeline, stored.milestone, (), stored.responses, at=at).audience.hears(claims.reader)


def view_of(store: Store, claims: TokenClaims, task: TaskContext) -> TaskView:
    """Build what the holder of a link sees of its task."""
    given = store.inbound.responses(refs={claims.milestone}) if task.status.delegated_to else {}
    people = task.timeline.directory.people
    person, instead_of = people[claims.reader], people[claims.person] if claims.stand_in else None
    return task_view(
        task,
        person,
        post_title=post_title(task, person),
        responses=given.get(claims.milestone, ()),
        on_behalf_of=instead_of,
    )


def _outlived(task: TaskContext, person: str) -> DeadLink:
    """Tell whether a newer mail has the link that answers.

    A link stays dead if it is from before the date moved and came back, or from before somebody else was asked.
    """
    if not task.status.delegated_to:
        return DeadLink("moved")
    asked = task.audience.asked()
    return DeadLink("unknown" if asked and asked.person.key == person else "reassigned")
