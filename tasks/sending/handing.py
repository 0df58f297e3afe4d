"""Claim each message in its turn, keep what was said of each, and write it into the ledger for several at once.

The receipt of a mail that was accepted is kept in the transaction that claims the next mail of its line. So whenever a
process is killed, each line leaves a single mail in doubt at most: that which it was handing over. The ledger follows
within seconds, or before the line waits; where the process was killed before, the next run does it first of all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import NamedTuple

from models.store import DeliveryReceipt, HandedOver, Store
from tasks.council.run import LEASE, CouncilRun
from tasks.processes.claimant import this_process
from timeline.delivery.messages import Message

TOGETHER, WITHIN_SECONDS = 50, 2.0


class Attempt(NamedTuple):
    """Hold a message that was tried: its reader (a key of the directory), and the outcome.

    `lost`: it has failed for good. `rerouted`: some of its prompts have another contact method. `said` are the words
    of the server of that `channel`, without an address.
    """

    person: str
    kind: str
    tasks: int
    outcome: str
    lost: bool = False
    rerouted: bool = False
    channel: str = ""
    said: str = ""


def settle_left(store: Store, *, at: datetime) -> None:
    """Write into the ledger what a process had kept that was killed before it could."""
    if store.outbox.receipts_kept():
        store.outbox.settle(at=at)


@dataclass
class Desk:
    """Hold what the lines of a run share: SQLite allows a single writer, so they queue here instead of contending."""

    council_run: CouncilRun
    clock: Callable[[], float] = monotonic
    lock: Lock = field(default_factory=Lock)
    _kept: int = 0
    _settled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._settled_at, self._name = self.clock(), this_process()

    def claim(self, key: str, after: HandedOver | None) -> bool:
        """Claim a message, and keep the receipt of the message before it in the line."""
        run = self.council_run
        store, seen = run.store, run.last_pause
        with self.lock:
            claimed = store.outbox.claim(key, at=run.at, lease=LEASE, by=self._name, last_pause=seen, after=after)
            self._kept += after is not None
        return claimed

    def is_behind(self) -> bool:
        """Tell whether the ledger is to follow now."""
        return self._kept >= TOGETHER or self.clock() - self._settled_at >= WITHIN_SECONDS

    def settle(self, last: HandedOver | None) -> None:
        """Write into the ledger what was kept, and the last."""
        with self.lock:
            if last or self._kept:
                self.council_run.store.outbox.settle(at=self.council_run.at, last=last)
            self._kept, self._settled_at = 0, self.clock()


@dataclass
class Hand:
    """Hold the message that a line has handed over last, until its receipt is kept."""

    desk: Desk
    _last: HandedOver | None = None

    def takes(self, message: Message) -> bool:
        """Claim a message; False when it must not be sent, or another has it."""
        if self.desk.is_behind():
            self.rest()
        claimed = self.desk.claim(message.key, self._last)
        self._last = None
        return claimed

    def handed_over(self, message: Message, receipt: DeliveryReceipt) -> None:
        """Hold the receipt of a message that was accepted."""
        self._last = HandedOver(message.key, receipt)
        # Its provider soon reports by that name what became of it, and must find it.
        if receipt.reference:
            self.rest()

    def rest(self) -> None:
        """Leave nothing that only this line knows."""
        self.desk.settle(self._last)
        self._last = None
