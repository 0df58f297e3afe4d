"""Judge from the last test messages to ourselves whether a channel works."""

from datetime import datetime, timedelta
from typing import NamedTuple

from timeline.assurance.run import ChannelSeen
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, long_date
from timeline.delivery.contact_methods import FAILURES, MAIL, Breaker
from timeline.delivery.server_words import quoted_with_advice

_ACCEPTED = "accepted"


class Probed(NamedTuple):
    """Hold a test message to ourselves: `outcome` is the receipt's, `returns` whether our mailbox can bring it back."""

    channel: str
    sent_at: datetime
    outcome: str
    why: str
    returns: bool
    returned_at: datetime | None


def seen(
    name: str, last: Probed | None, before: Probed | None, breaker: Breaker | None, *, catches: bool
) -> ChannelSeen:
    """Judge a channel by the last test message, the test message `before` it, and failures on the way to others.

    A test message may come back until the next test message is sent. `catches`: the built-in catcher takes it, so it
    goes no further.
    """
    if breaker and breaker.failures >= FAILURES:
        told = f"It failed {breaker.failures} times in a row. {quoted_with_advice(breaker.because)}"
        return ChannelSeen(name=name, told=told.strip(), works=False)
    if last is None:
        told = "It was not tried on ourselves yet."
        if name != MAIL:
            told = "It is not tried on ourselves: DAYMARK_PROBES names no place for it."
        return ChannelSeen(name=name, told=told, works=None)
    told, works = _told(last, before, catches=catches)
    return ChannelSeen(name=name, told=told, works=works, sent_at=last.sent_at)


def _told(last: Probed, before: Probed | None, *, catches: bool) -> tuple[str, bool | None]:
    if last.outcome != _ACCEPTED:
        told = f"A message to ourselves was {last.outcome}. {quoted_with_advice(last.why)}"
        return told.strip(), False
    if catches:
        return "The catcher took it.", True
    if not last.returns:
        return "It was accepted. No mailbox of ours brings it back, so whether it arrives is not known.", True
    if last.returned_at:
        return f"It came back after {_minutes(last.returned_at - last.sent_at)}.", True
    if before and before.returns and before.returned_at is None and before.outcome == _ACCEPTED:
        return (
            f"What we sent ourselves on {long_date(london_date(before.sent_at))} did not come back.",
            False,
        )
    return "It was accepted, and has not come back yet.", None


def _minutes(took: timedelta) -> str:
    return count(max(round(took.total_seconds() / 60), 1), "minute")
