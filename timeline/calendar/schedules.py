"""State when each flow runs, in London's time: replay, rehearsal and assurance read it, and prefect.yaml repeats it.

A test holds prefect.yaml to this table; the reasons for the hours stand there.
"""

from collections.abc import Mapping
from datetime import time, timedelta
from types import MappingProxyType

from pendulum import Time

STATUTORY: Mapping[str, Time] = MappingProxyType(
    {
        "action-plan": Time(7, 30),
        "commissioner-report": Time(7, 32),
        "monitoring-visits": Time(7, 34),
        "plo-panels": Time(7, 36),
        "practice-manager-training": Time(7, 38),
        "other-duties": Time(7, 40),
    }
)
"""The flows that write a day's prompts, on every weekday."""

WEEKDAYS: Mapping[str, Time] = MappingProxyType(
    {"retention": Time(7, 10), **STATUTORY, "directors-monday": Time(8, 25), "assurance": Time(8, 45)}
)
"""Every flow that runs once on a weekday."""

MONTHLY: Mapping[str, Time] = MappingProxyType({"reports": Time(6, 50)})
"""Every flow that runs on the first day of each month, a weekend or not."""

NOTIFY_FROM, NOTIFY_UNTIL, NOTIFY_EVERY = time(8), time(17, 50), timedelta(minutes=10)
"""The first and the last run of `notify` on a weekday, and the time from each to the next."""

MORNING_BEGINS = min(STATUTORY.values())

# The last flow takes some minutes.
WRITTEN_BY = max(STATUTORY.values()).add(minutes=5)
"""By then the day's prompts stand in the ledger."""

FROM_WRITTEN_TO_ASSURANCE = WRITTEN_BY.diff(WEEKDAYS["assurance"]).as_timedelta()
