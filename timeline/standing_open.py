"""What stands open when its ladder has ended: nothing goes quiet, it stands in the board report until it is done."""

from datetime import date

from timeline.calendar import LONDON
from timeline.ground import Ground
from timeline.ladder import owed
from timeline.wording import long_date


def ended(found: Ground) -> bool:
    """Whether the ladder has had its last word about a task that is not done: every saying of every rung, with all its
    repeats, lies behind.

    Such a task is what the board report draws on, also where somebody has answered "I have this", for that is not done,
    and where its duty is paused. What is done, not ours, closed, without a date, or was due before going live is not.
    """
    return owed(found) and all(moment.at <= found.at for moment in found.moments())


def last_word_on(found: Ground) -> date | None:
    """The day of the ladder's last saying, as far as it is known now; None when it has none."""
    said_at = max((moment.at for moment in found.moments()), default=None)
    return said_at.astimezone(LONDON).date() if said_at else None


def sentence(found: Ground) -> str:
    """What a person reads of a task whose ladder has ended; empty for any other."""
    last_on = last_word_on(found)
    if last_on is None or not ended(found):
        return ""
    return f"The last reminder was for {long_date(last_on)}; it stands in the board report until it is done."
