"""Hold a budget for each test: two seconds, or a marker that says why it takes longer.

What counts is the processor's time of the test and of the programs that it started and saw end: a busy machine
stretches every other clock. It stretches this one too, so that a test over its budget is weighed against a known piece
of work. Each run prints the dearest tests, and marks those over their budget. A test over five times its budget fails
where somebody runs it. In a build it is marked alone, for no clock may fail a build: one of 1.2 s was once counted at
4.4 s on a machine that others used.
"""

import resource
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest

from tests.support import parts

BUDGET_SECONDS = 2.0
FAILS_SECONDS = 5 * BUDGET_SECONDS
IDLE_SECONDS = 0.022
"""What the piece of work in `slowdown` takes on two idle cores of 2024."""
PRINTED = 25
CPU = "cpu_seconds"
"""The property of a test's report that says what it cost."""


def spent() -> float:
    """Give processor seconds of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def check_reasons(items: Iterable[pytest.Item]) -> None:
    """Refuse a `slow` marker without a reason."""
    for item in items:
        for marker in item.iter_markers("slow"):
            if not (marker.args and isinstance(marker.args[0], str) and marker.args[0].strip()):
                raise pytest.UsageError(
                    f'{item.nodeid}: expected a reason, such as @pytest.mark.slow("a year of days").'
                )


def slowdown() -> float:
    """Tell how many times slower than an idle machine this one counts at the moment; at least 1."""
    began = time.process_time()
    sum(number * number % 7 for number in range(300_000))
    return max(1.0, (time.process_time() - began) / IDLE_SECONDS)


class Weighed(NamedTuple):
    """Hold processor seconds as they were measured, and as an idle machine would count them."""

    measured: float
    weighed: float


def weigh(act: Callable[[], object]) -> Weighed:
    """Do something, and hold its processor seconds against the piece of work before and after it."""
    slower, begun = slowdown(), spent()
    act()
    took = spent() - begun
    return Weighed(took, took / ((slower + slowdown()) / 2))


def fault(item: pytest.Item, cost: float) -> str:
    """Tell why this test fails for its cost; empty when it does not, as in every build."""
    if cost <= FAILS_SECONDS or item.get_closest_marker("slow") or parts.everything_is_required():
        return ""
    if cost / slowdown() <= FAILS_SECONDS:
        return ""
    return (
        f"{item.nodeid} took {cost:.1f} s of processor time, and {BUDGET_SECONDS:.0f} s are the budget of a test. "
        'Make it faster, or say why it needs more: @pytest.mark.slow("why").'
    )


def lines(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Give the dearest tests, the dearest first; those over their budget that do not say why are marked."""
    costs = sorted(((cost, report) for report in reports if (cost := _cost(report))), key=lambda each: -each[0])
    return [
        f"{cost:6.2f} s {report.nodeid}{_remark(cost, report)}"
        for place, (cost, report) in enumerate(costs)
        if place < PRINTED or _remark(cost, report)
    ]


def _cost(report: pytest.TestReport) -> float:
    cost = dict(report.user_properties).get(CPU) if report.when == "call" else None
    return cost if isinstance(cost, float) else 0.0


def _remark(cost: float, report: pytest.TestReport) -> str:
    over = cost > BUDGET_SECONDS and "slow" not in report.keywords
    return "  <-- over its budget of 2 s, and has no marker slow that says why" if over else ""
