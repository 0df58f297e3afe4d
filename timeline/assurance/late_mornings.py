"""Decide which of the morning's flows must run again, because none of their runs completed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from timeline.calendar.london import in_london, is_weekday

# The last of them begins at 07:40, and before 08:45 the assurance must find a morning that is whole.
LATE_FROM = time(8)
# In the evening nobody is asked any more; the next morning does the work of both.
LATE_UNTIL = time(18)
AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Attempt:
    """Hold a run of today: the instant at which it was asked for, and whether it completed or may yet."""

    at: datetime
    completed: bool = False
    under_way: bool = False


def to_run_again(flows: Iterable[str], attempts: Mapping[str, Iterable[Attempt]], *, at: datetime) -> tuple[str, ...]:
    """Name the flows to start now, given today's runs of each; none at weekends, in the night, or before 08:00.

    A flow that fails is tried again every quarter of an hour: whatever stopped it may be over.
    """
    local = in_london(at)
    if not is_weekday(local.date()) or not LATE_FROM <= local.time() < LATE_UNTIL:
        return ()
    return tuple(name for name in flows if all(_is_over(attempt, at) for attempt in attempts.get(name, ())))


def _is_over(attempt: Attempt, at: datetime) -> bool:
    """Tell whether this run is no reason to wait."""
    return not (attempt.completed or attempt.under_way) and at - attempt.at >= AGAIN_AFTER
