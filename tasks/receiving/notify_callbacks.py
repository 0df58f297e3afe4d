"""Take in what GOV.UK Notify tells later: whether a message reached its recipient."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from config.settings import Settings
from models.store import Store
from tasks.council.each import first_of_any
from tasks.processes.wake_notify import wake_soon

_DELIVERED = "delivered"
# Notify tells of a failure when it has given up: the two that sound like "later" are as final for this message, and
# say nothing about the next message to the same address.
_GONE = "permanent-failure"
_WHY = {
    _GONE: "GOV.UK Notify could not deliver it: there is no such address or number.",
    "temporary-failure": "GOV.UK Notify gave up: the mailbox was full or the telephone off for too long.",
    "technical-failure": "GOV.UK Notify gave up: it could not reach its own supplier.",
}


def handle(settings: Settings, body: Mapping[str, Any], *, at: datetime) -> bool:
    """Write down what a callback's body says; True when a message of ours has that id, and for a failure only once.

    The prompts of a message that could not be delivered leave at once by the next contact method, or to the deputy.
    Raises what the store raises.
    """
    id_, status = body.get("id"), body.get("status")
    if not isinstance(id_, str) or not isinstance(status, str):
        return False
    if status == _DELIVERED:
        return bool(first_of_any(settings, lambda store: store.outbox.mark_delivered(id_, at=at)))
    if status not in _WHY:
        return False
    bounced = bool(first_of_any(settings, lambda store: _bounced(store, settings, id_, status, at=at)))
    if bounced:
        # In a thread: Notify waits for our answer, and Prefect may be slow.
        wake_soon(settings)
    return bounced


def _bounced(store: Store, settings: Settings, id_: str, status: str, *, at: datetime) -> bool:
    key = store.outbox.message_by_reference(id_)
    message = store.outbox.message(key) if key else None
    if message is None:
        return False
    person = store.definitions.timeline(settings.working_hours).directory.people.get(message.deliver_to)
    way = settings.ways().get(message.channel)
    by_phone = way is not None and way.url.startswith("govuknotify://sms")
    # From our directory, because nobody signed what the body calls the recipient.
    address = (person.phone if by_phone else person.address) if person else ""
    return store.outbox.mark_bounced(message.key, at=at, why=_WHY[status], address=address, dead=status == _GONE)
