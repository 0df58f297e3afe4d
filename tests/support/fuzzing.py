"""Tell how long we look for faults at random: the same cases in every build, and more of them when asked.

A law says how many cases of it are worth looking at. The build looks at two tenths of them, `make test-long` at four
times as many, of which the build's are the first. `DAYMARK_FUZZ=20 pytest tests/config/timeline_files` looks at twenty
times as many, drawn anew; in the other two a change is to blame when a law breaks, and not the draw.
"""

import os

from hypothesis import HealthCheck, settings

from tests.support import rotation

IN_THE_BUILD, IN_A_LONG_RUN = 0.2, 4.0
ASKED = os.environ.get("DAYMARK_FUZZ", "")
FACTOR = float(ASKED) if ASKED else IN_A_LONG_RUN if rotation.LONG else IN_THE_BUILD
SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def looks_at(examples: int) -> settings:
    """Give so many examples at a factor of one."""
    return settings(
        max_examples=max(1, int(examples * FACTOR)),
        deadline=None,
        derandomize=not ASKED,
        suppress_health_check=[*SLOW_IS_FINE, HealthCheck.function_scoped_fixture],
    )


def by_default() -> None:
    """Have the laws that do not say how many look at a hundred cases, the same ones in every build too."""
    settings.register_profile("daymark", looks_at(100))
    settings.load_profile("daymark")
