"""Reads the clock, in the only place that may.

Everything that decides takes its instant as an argument; the edges ask here.
"""

from datetime import datetime

from timeline.calendar.london import LONDON


def now() -> datetime:
    """Give the present instant, aware, in Europe/London."""
    # A plain datetime: a copy of pendulum's own loses a zone that is not pendulum's, and would then be refused.
    return datetime.now(LONDON)  # noqa: TID251 (this file is the clock)
