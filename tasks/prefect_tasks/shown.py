"""Say which steps of a run Prefect shows: all while its councils are few, and none of many."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FEW = 5
"""So many councils are shown step by step."""

_shown = ContextVar("shown", default=True)


@contextmanager
def of_councils(number: int) -> Iterator[None]:
    """Show the steps of a run while its councils are few; of many its end says what was done for each.

    A morning of 153 councils has 3,700 steps and a thousand sheets, most of which say that nothing is due; they took
    more than half of its time.
    """
    token = _shown.set(number <= FEW)
    try:
        yield
    finally:
        _shown.reset(token)


def steps_are_shown() -> bool:
    """Tell whether each step of this run is shown."""
    return _shown.get()
