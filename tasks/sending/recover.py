"""Take over what a process was sending when it was killed, so that it leaves now and not after its lease."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.each import where_possible
from tasks.processes.claimant import has_ended
from tasks.processes.wake_notify import wake_notify


def take_over(settings: Settings, *, at: datetime, wake: bool = False) -> int:
    """Make messages uncertain whose sender on this host has ended, and count them; `wake` starts `notify` for them.

    An uncertain message is repeated byte for byte under its Message-ID, or, where a channel cannot do that, not at all.
    What a process of another host is sending is left to it and to its lease: two houses may share a database.
    """

    def release(store: Store) -> int:
        ended = [claimant for claimant in store.outbox.claimants() if has_ended(claimant)]
        return store.outbox.release_claims(at=at, claimants=ended) if ended else 0

    # Before a worker starts: one council that cannot be written must not keep it from all others.
    number = sum(where_possible(settings, release))
    if number and wake:
        wake_notify(settings)
    return number
