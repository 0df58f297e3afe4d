"""Build the card that stands for a task, or for all tasks of a message, in a person's chat with our bot."""

from datetime import datetime

from config.houses.own import pages_of
from config.settings import Settings
from models.store import Store
from tasks.council.tokens import tokens_of
from tasks.links.link_target import may_hear, task_behind, view_of
from timeline.definitions.council import Council
from timeline.delivery.messages import Message, TokenClaims
from timeline.escalation.task_context import TaskContext
from timeline.letters.bot_cards.answered import Shown, gone_card, in_confidence, others_for, task_card, tasks_card
from timeline.letters.bot_cards.buttons import Bound
from timeline.letters.bot_cards.parts import Part
from timeline.letters.page_views import DeadLink, Recorded


def bound_by(store: Store, settings: Settings, token: str, of: str = "") -> Bound:
    """Bind buttons to the task of a token, and to the message `of` which it is a task among several."""
    return Bound(token=token, of=of, url=f"{pages_of(settings, store.council)}/r/{token}")


def stands(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime) -> TaskContext | DeadLink:
    """Give the task behind a button, for its reader: a chat tells no more than a new mail, which an embargo stops."""
    hears = may_hear(store, settings, claims, at=at)
    return task_behind(store, settings, claims, at=at) if hears else in_confidence()


def card_of_task(
    store: Store,
    settings: Settings,
    claims: TokenClaims,
    bound: Bound,
    *,
    at: datetime,
    recorded: Recorded | None = None,
) -> Part:
    """Show a task as it stands, below what was just recorded, or why nothing is asked any more."""
    task = stands(store, settings, claims, at=at)
    if isinstance(task, DeadLink):
        return gone_card(_council(store, settings), bound, task)
    view = view_of(store, claims, task)
    return task_card(view, bound, recorded=recorded, others=others_for(task, claims.reader))


def card_of_message(store: Store, settings: Settings, message: Message, *, at: datetime) -> Part:
    """Show all tasks of a message as they stand; its only task with all its answers."""
    of, *tokens = tokens_of(message, store.council, settings.secret())
    tasks = message.tokens[1:]
    if len(tasks) == 1:
        return card_of_task(store, settings, tasks[0], bound_by(store, settings, tokens[0]), at=at)
    shown = []
    for number, (claims, token) in enumerate(zip(tasks, tokens, strict=True), 1):
        task = stands(store, settings, claims, at=at)
        view = task if isinstance(task, DeadLink) else view_of(store, claims, task)
        shown.append(Shown(number, view, bound_by(store, settings, token, of)))
    return tasks_card(_council(store, settings), shown)


def _council(store: Store, settings: Settings) -> Council:
    return store.definitions.timeline(settings.working_hours).council
