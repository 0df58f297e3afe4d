"""Limit how fast a channel is used, and say when a message is tried again."""

import fcntl
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from config.channels import Channel, Form
from config.settings import Settings
from tasks.channels.receipt import Receipt, SendOutcome

LONGEST_SEND_SECONDS = 60
LONGEST_RUN_SECONDS = 480
_NOTICED_SECONDS = 0.1


def ends_at() -> float:
    """Give the instant of the monotonic clock after which a run that begins now sends nothing more."""
    return monotonic() + LONGEST_RUN_SECONDS - LONGEST_SEND_SECONDS


class Pace:
    """Turn on a channel, so far apart that at most `per_minute` begin in a minute; None: no limit."""

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

    def turn(self, *, until: float, before_waiting: Callable[[], None] = lambda: None) -> bool:
        """Wait for the next turn; return False at once when it would come after `until` (of the same clock).

        Before a wait that others would notice, do what is to be done by then.
        """
        with self._lock:
            now = self._monotonic()
            begins = self._begins(now, until=until)
        if begins is None:
            return False
        if begins - now > _NOTICED_SECONDS:
            before_waiting()
        if (left := begins - self._monotonic()) > 0:
            self._sleep(left)
        return True

    def _begins(self, now: float, *, until: float) -> float | None:
        begins = max(now, self._free_at)
        if begins > until:
            return None
        self._free_at = begins + self._apart
        return begins

    def hold(self, seconds: float) -> None:
        """Hold every turn for so many seconds, because the provider asked us to wait."""
        with self._lock:
            self._free_at = max(self._free_at, self._monotonic() + seconds)


class HousePace(Pace):
    """Hold a pace that all processes of the house share: a file holds when the next turn is free.

    The monotonic clock is the machine's, the same in each process. It begins anew when the machine starts, so a turn
    that lies farther off than any can is of another clock.
    """

    def __init__(self, per_minute: int, file: Path, **clocks: Any) -> None:
        super().__init__(per_minute, **clocks)
        self._file = file

    def _begins(self, now: float, *, until: float) -> float | None:
        file = self._open()
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._free_at = max(self._free_at, self._read(os.pread(file, _WIDTH, 0), now))
            begins = super()._begins(now, until=until)
            # As wide whatever it says, so that nothing is left of what stood there.
            os.pwrite(file, f"{self._free_at}".ljust(_WIDTH).encode(), 0)
        finally:
            os.close(file)
        return begins

    def _open(self) -> int:
        try:
            return os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)

    def _read(self, written: bytes, now: float) -> float:
        try:
            free_at = float(written)
        except ValueError:
            return float("-inf")
        return free_at if free_at <= now + _FARTHEST_SECONDS else float("-inf")


PER_MINUTE = 30
"""What Exchange Online takes from a mailbox in a minute, and what docs/it-request.md promises to IT."""
_FARTHEST_SECONDS, _WIDTH = 3600.0, 40


def pace_of(channel: Channel, settings: Settings) -> Pace:
    """Give the channel's pace, shared by all runs: a second run must not begin a new minute.

    Mail to a real server has that server's pace in the house, because flows and pages send it from several processes.
    The catcher is not bounded unless a rate is set.
    """
    if channel.form is not Form.MAIL or (settings.catches_mail and channel.rate_per_minute is None):
        return _pace(channel)
    return _house_pace(channel, channel.rate_per_minute or PER_MINUTE, settings.home)


@lru_cache(maxsize=64)
def _pace(channel: Channel) -> Pace:
    return Pace(channel.rate_per_minute)


@lru_cache(maxsize=64)
def _house_pace(channel: Channel, per_minute: int, home: Path) -> Pace:
    # A council with a mail server of its own does not wait for the mails to another.
    server = sha256(channel.url.encode()).hexdigest()[:8]
    return HousePace(per_minute, home / f"pace-{channel.name}-{server}")


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
