"""The one place that reads the clock.

Everything that decides takes its instant as an argument; the edges ask here.
"""

from datetime import datetime

import pendulum


def now() -> datetime:
    """The present instant, aware, in Europe/London."""
    return pendulum.now("Europe/London")  # noqa: TID251 (this file is the clock)
