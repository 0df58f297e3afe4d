"""How long we look for faults at random: the same cases in every build, and more of others when asked.

`DAYMARK_FUZZ=20 pytest tests/config/timeline_files/test_fuzz_files.py` looks at twenty times as many, drawn
anew. So a change is
to blame when a build breaks, and not the draw.
"""

import os

from hypothesis import HealthCheck, settings

FACTOR = float(os.environ.get("DAYMARK_FUZZ", "1"))
SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def looks_at(examples: int) -> settings:
    """So many examples at a factor of one, then the same ones in every build."""
    return settings(
        max_examples=max(1, int(examples * FACTOR)),
        deadline=None,
        derandomize=FACTOR == 1,
        suppress_health_check=[*SLOW_IS_FINE, HealthCheck.function_scoped_fixture],
    )


def by_default() -> None:
    """Has the laws that do not say how many look at a hundred cases, the same ones in every build too."""
    settings.register_profile("daymark", looks_at(100))
    settings.load_profile("daymark")
