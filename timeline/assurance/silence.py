"""Whether the assurance itself has fallen silent."""

from datetime import datetime, time, timedelta

from timeline.assurance.mornings import morning_before

RUNS_AT = time(8, 45)
# A machine that was off in the morning does the work when it comes up.
_GRACE = timedelta(hours=1)


def is_silent(last_at: datetime | None, *, since: datetime | None, at: datetime) -> bool:
    """Whether a weekday's assurance is missing at `at`; `last_at` is when it ran last, `since` when there could be one.

    Prefect asks after a day, at weekends too: then the last one was Friday's, and nothing is missing.
    """
    due_at = morning_before(at - _GRACE - _AFTER_THE_MORNING) + _AFTER_THE_MORNING
    first = last_at or since
    return first is not None and first < due_at


# From the instant at which the day's prompts are written to the assurance.
_AFTER_THE_MORNING = timedelta(hours=1)
