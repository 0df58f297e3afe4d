"""The one place that reads the clock.

Everything that decides takes its instant as an argument; the edges ask here.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present instant, aware, in Europe/London."""
    return datetime.now(LONDON)  # noqa: TID251 (this file is the clock)
