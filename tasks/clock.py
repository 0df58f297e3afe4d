"""The one place that reads the clock.

Everything that decides takes its instant as an argument; the edges ask here.
"""

from datetime import datetime

from timeline.calendar.london import LONDON


def now() -> datetime:
    """The present instant, aware, in Europe/London."""
    # A plain datetime: a copy of pendulum's own keeps no zone that is not pendulum's, and would then be refused.
    return datetime.now(LONDON)  # noqa: TID251 (this file is the clock)
