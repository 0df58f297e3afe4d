"""Make steps that are worth seeing in the Prefect UI, as thin Prefect tasks over plain functions of this room.

Each flow makes its own: a run is a process, and costs what it imports.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import opaque

from tasks.prefect_tasks.shown import steps_are_shown
from tasks.prefect_tasks.tried import tried

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def step(name: str, function: Callable[Parameters, Result], **settings: Any) -> Callable[Parameters, Result]:
    """Make a task whose arguments Prefect does not search for results of other tasks.

    Such a search of a whole timeline took four fifths of a morning's processor time. Of many councils a step is no
    task, and is tried as often.
    """
    shown: Callable[..., Result] = task(name=name, cache_policy=NO_CACHE, **settings)(function)
    plain = tried(function, **settings)

    @wraps(function)
    def run(*given: Parameters.args, **named: Parameters.kwargs) -> Result:
        if not steps_are_shown():
            return plain(*given, **named)
        return shown(*map(opaque, given), **{key: opaque(value) for key, value in named.items()})

    return run


# What only reads or only shows is done again after a fault, and showing is given up after a minute. Prefect does
# nothing again that writes a prompt or sends: the next run finds what is left, and the ledger keeps it from being said
# twice.
SHOWS: dict[str, Any] = {"retries": 2, "retry_delay_seconds": [2, 10], "timeout_seconds": 60}
READS: dict[str, Any] = {"retries": 2, "retry_delay_seconds": [1, 5]}
