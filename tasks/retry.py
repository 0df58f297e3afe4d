"""When a message that was not accepted is tried again."""

from datetime import datetime, timedelta

from tasks.channels import Outcome, Receipt

# Five minutes, ten, twenty …, about five days in all.
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=12)
ATTEMPTS = 20
_LONGEST_WAIT_FOR_A_SERVER = timedelta(hours=1)


def next_attempt_at(receipt: Receipt, attempts: int, *, at: datetime) -> datetime | None:
    """When to try again after `attempts` earlier ones; None when it was accepted, or never will be.

    An uncertain one is repeated under the same Message-ID. A provider that asks for a longer wait has it, up to an
    hour.
    """
    wait = max(_FIRST_WAIT * (1 << min(attempts, ATTEMPTS)), asked_to_wait(receipt))
    if receipt.outcome is Outcome.UNREACHABLE:
        # A server that is away, or refuses our password, has said nothing of this mail: no outage ends a reminder.
        return at + min(wait, _LONGEST_WAIT_FOR_A_SERVER)
    if receipt.outcome is Outcome.ACCEPTED or not receipt.retryable or attempts + 1 >= ATTEMPTS:
        return None
    return at + min(wait, _LONGEST_WAIT)


def asked_to_wait(receipt: Receipt) -> timedelta:
    """How long the provider asked us to wait, an hour at most."""
    return min(timedelta(seconds=max(receipt.retry_after or 0, 0)), _LONGEST_WAIT_FOR_A_SERVER)
