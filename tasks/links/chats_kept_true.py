"""Edit cards in chats of our bot whose tasks stand otherwise by now: answered elsewhere, moved, passed on or off.

An edit tells nobody anew. One that fails is tried again, and given up in the end: a card that is looked at asks how
things stand by itself.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from threading import Thread

from config.channels import chats
from config.settings import Settings
from models.store import Card, Store
from tasks.channels.exchange.registrations import for_bot
from tasks.channels.receipt import Payload, Receipt, SendOutcome
from tasks.channels.teams_bot.plugin import put_in_place
from tasks.council.each import where_possible
from tasks.links.teams_cards import card_of_message, stands
from tasks.sending.pacing import next_attempt_at
from timeline.definitions.people import Person
from timeline.letters.bot_cards.parts import as_json
from timeline.letters.bot_cards.standing import standing

_log = logging.getLogger(__name__)
# Nobody scrolls farther back, and a newer card asks about what is still open.
_AS_FAR_BACK = timedelta(days=30)
_LEASE = timedelta(minutes=5)
_MOST_TRIES = 6
_LONGEST_SECONDS = 20


def keep_cards_true(store: Store, settings: Settings, *, at: datetime, person: str = "") -> int:
    """Edit each card that no longer says how its tasks stand, once; give how many were edited. Never raises for what
    the connector does.

    With `person` only the cards of that person. Nothing is edited while sending is stopped.
    """
    channels = chats(settings.ways().values())
    if not channels or store.outbox.stopped():
        return 0
    cards = store.outbox.cards_to_look_at(channels, since=at - _AS_FAR_BACK, at=at, person=person)
    return sum(_look(store, settings, card, at) for card in _in_order(cards))


def keep_soon(settings: Settings, *, at: datetime, person: str = "") -> None:
    """Do it for every council in a thread: whoever answered waits for no connector."""
    if chats(settings.ways().values()):
        each = partial(keep_cards_true, settings=settings, at=at, person=person)
        Thread(target=where_possible, args=(settings, each), daemon=True).start()


def _in_order(cards: Iterable[Card]) -> list[Card]:
    return sorted(cards, key=lambda card: (card.message.composed_at, card.message.key))


def _look(store: Store, settings: Settings, card: Card, at: datetime) -> bool:
    message = card.message
    tasks = [stands(store, settings, claims, at=at) for claims in message.tokens[1:]]
    # A correction tells of tasks that have no link: in its place they would not be told.
    whole = bool(tasks) and len(tasks) == len(message.prompts)
    now = standing(tasks, sent_at=message.composed_at) if whole else card.shown
    if now == card.shown:
        store.outbox.card_looked_at(card, now, at=at)
        return False
    return store.outbox.claim_card(card, at=at, lease=_LEASE) and _edit(store, settings, card, now, at)


def _edit(store: Store, settings: Settings, card: Card, now: str, at: datetime) -> bool:
    """Edit the card, and write down that it says so now, or when it is tried again."""
    person = store.definitions.timeline(settings.working_hours).directory.people.get(card.message.deliver_to)
    chat = store.people.teams_chat(person.key) if person else None
    if person is None or chat is None or not chat.is_of(person.teams):
        store.outbox.card_looked_at(card, now, at=at, edited=False)
        return False
    payload = _payload(store, settings, card, person, at)
    receipt = put_in_place(card.reference, payload, chat, for_bot(settings), limit_seconds=_LONGEST_SECONDS)
    edited = receipt.outcome is SendOutcome.ACCEPTED
    again = _tried_again_at(receipt, card.tries, at)
    if not edited:
        _log.warning("A card in a chat of Teams could not be edited: %s.", receipt.text or receipt.outcome.value)
    store.outbox.card_looked_at(card, now, at=at, next_at=again, edited=edited)
    return edited


def _tried_again_at(receipt: Receipt, tries: int, at: datetime) -> datetime | None:
    """Give when to try again; the same edit twice says nothing twice, so an edit that may have arrived is repeated."""
    if tries + 1 >= _MOST_TRIES:
        return None
    return at + _LEASE if receipt.outcome is SendOutcome.UNCERTAIN else next_attempt_at(receipt, tries, at=at)


def _payload(store: Store, settings: Settings, card: Card, person: Person, at: datetime) -> Payload:
    shown = card_of_message(store, settings, card.message, at=at)
    return Payload(
        key=card.message.key,
        to_name=person.name,
        to_address=person.address,
        to_teams=person.teams,
        subject=card.message.subject,
        text="-",
        rich=as_json(shown),
    )
