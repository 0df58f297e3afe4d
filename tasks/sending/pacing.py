"""Limits how fast a channel is used, and says when a message is tried again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from time import monotonic, sleep

from config.channels import Channel
from tasks.channels import Receipt, SendOutcome


class Pace:
    """Turns on one channel, so far apart that at most `per_minute` begin in a minute; None: no limit."""

    def __init__(
        self,
        per_minute: int | None,
        *,
        monotonic: Callable[[], float] = monotonic,
        sleep: Callable[[float], None] = sleep,
    ) -> None:
        self._apart = 60 / per_minute if per_minute else 0.0
        self._monotonic, self._sleep = monotonic, sleep
        self._free_at = float("-inf")
        self._lock = Lock()

    def turn(self, *, until: float) -> bool:
        """Wait for the next turn; return False at once when it would come after `until` (of the same clock)."""
        with self._lock:
            now = self._monotonic()
            begins = max(now, self._free_at)
            if begins > until:
                return False
            self._free_at = begins + self._apart
        if begins > now:
            self._sleep(begins - now)
        return True

    def hold(self, seconds: float) -> None:
        """Let no turn begin for so many seconds, because the provider asks us to wait."""
        with self._lock:
            self._free_at = max(self._free_at, self._monotonic() + seconds)


@lru_cache(maxsize=64)
def pace_of(channel: Channel) -> Pace:
    """Give the channel's pace, shared by all runs of this process: a second run must not begin a new minute."""
    return Pace(channel.rate_per_minute)


# The waits are 5 minutes, 10, 20 …, and about five days in all.
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=12)
ATTEMPTS = 20
_LONGEST_WAIT_FOR_A_SERVER = timedelta(hours=1)


def next_attempt_at(receipt: Receipt, attempts: int, *, at: datetime) -> datetime | None:
    """Give when to try again after `attempts` earlier ones; None when the message was accepted, or never will be.

    An uncertain message is repeated under the same Message-ID. If a provider asks for a longer wait it is kept, up to
    an hour.
    """
    wait = max(_FIRST_WAIT * (1 << min(attempts, ATTEMPTS)), asked_to_wait(receipt))
    if receipt.outcome is SendOutcome.UNREACHABLE:
        # A server that is away, or refuses our password, has not judged this mail: no outage ends a reminder.
        return at + min(wait, _LONGEST_WAIT_FOR_A_SERVER)
    if receipt.outcome is SendOutcome.ACCEPTED or not receipt.retryable or attempts + 1 >= ATTEMPTS:
        return None
    return at + min(wait, _LONGEST_WAIT)


def asked_to_wait(receipt: Receipt) -> timedelta:
    """Give how long the provider asked us to wait, an hour at most."""
    return min(timedelta(seconds=max(receipt.retry_after or 0, 0)), _LONGEST_WAIT_FOR_A_SERVER)
