"""Compose messages of prompts that wait, and read how they stand."""

from datetime import timedelta

from models.store import Store
from tests.models import world
from timeline.escalation.prompts import PromptState

RETRY_AT = world.MAIL_AT + timedelta(minutes=5)
KEY = "mail/ann/1"


def composed(store: Store, *people: str, key: str = KEY) -> tuple[int, ...]:
    """Write a prompt for each person and make one message of them; give the prompts' ids."""
    store.ledger.write([world.decision(*(world.prompt(person) for person in people or ("ann",)))], at=world.MORNING)
    ids = tuple(pending.id for pending in store.ledger.pending(at=world.MAIL_AT))
    assert store.outbox.compose(world.message(store, *ids, key=key), token_hashes=["hash of " + key], at=world.MAIL_AT)
    return ids


def states(store: Store) -> list[PromptState]:
    return [entry.state for entry in store.ledger.entries(refs={world.REF})[world.REF]]
