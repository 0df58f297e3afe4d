"""How fast a channel may be used, and for how long one run may go on."""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from time import monotonic, sleep

from config.channels import Channel


class Pace:
    """Turns on one channel, at least so far apart that no more than `per_minute` begin in a minute; None: no limit."""

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
        """Waits for the next turn; False, at once, when it would come after `until` (of the same clock)."""
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
        """The provider asks us to wait."""
        with self._lock:
            self._free_at = max(self._free_at, self._monotonic() + seconds)


@lru_cache(maxsize=64)
def pace_of(channel: Channel) -> Pace:
    """One for all runs of this process, so that the second of two runs does not begin a new minute."""
    return Pace(channel.rate_per_minute)
