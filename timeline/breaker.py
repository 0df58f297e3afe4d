"""The circuit breaker of a channel: after three failures in a row it rests, and is then tried with one message."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 3
_FIRST_REST = timedelta(minutes=10)
LONGEST_REST = timedelta(hours=1)


@dataclass(frozen=True)
class Breaker:
    """How a channel fares: `failures` are those in a row, until `rests_until` nothing is tried on it."""

    failures: int = 0
    rests_until: datetime | None = None

    def rests(self, *, at: datetime) -> bool:
        """Whether nothing is tried at that instant."""
        return self.rests_until is not None and at < self.rests_until

    def probes(self, *, at: datetime) -> bool:
        """Whether one message is tried first, and the others only when it went through."""
        return self.failures >= FAILURES and not self.rests(at=at)

    def failed(self, *, at: datetime) -> "Breaker":
        """After one more failure: it rests for 10 minutes, then 20, then 40, then an hour each time.

        Several lines may fail at once, and that is one failure: while it rests nothing is counted.
        """
        if self.rests(at=at):
            return self
        failures = self.failures + 1
        if failures < FAILURES:
            return Breaker(failures)
        doublings = min(failures - FAILURES, 10)
        return Breaker(failures, at + min(_FIRST_REST * (1 << doublings), LONGEST_REST))
