"""Do a step again after a fault, as a task of Prefect does, where its run shows no steps."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, ParamSpec, TypeVar, cast

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_log = logging.getLogger(__name__)


def tried(
    function: Callable[Parameters, Result],
    *,
    retries: int = 0,
    retry_delay_seconds: Sequence[float] = (),
    timeout_seconds: float | None = None,
) -> Callable[Parameters, Result]:
    """Give a function that does the same and, after a fault, tries again as often; the last fault is its own.

    Only what awaits can be given up after a time. The words are those of Prefect, so that a step has a single setting.
    """
    waits: tuple[float, ...] = tuple(retry_delay_seconds[:retries])

    @wraps(function)
    async def awaited(*given: Any, **named: Any) -> Any:
        for wait in waits:
            try:
                async with asyncio.timeout(timeout_seconds):
                    return await cast("Any", function)(*given, **named)
            except Exception as trouble:
                _tell(function, trouble, wait)
            await asyncio.sleep(wait)
        async with asyncio.timeout(timeout_seconds):
            return await cast("Any", function)(*given, **named)

    @wraps(function)
    def done(*given: Parameters.args, **named: Parameters.kwargs) -> Result:
        for wait in waits:
            try:
                return function(*given, **named)
            except Exception as trouble:
                _tell(function, trouble, wait)
            time.sleep(wait)
        return function(*given, **named)

    return cast("Callable[Parameters, Result]", awaited) if iscoroutinefunction(function) else done


def _tell(function: Callable[..., object], trouble: Exception, wait: float) -> None:
    """Say it without the fault's words: they may hold addresses, which stay out of logs."""
    name = getattr(function, "__name__", "a step")
    _log.warning("%s failed (%s) and is tried again in %s seconds.", name, type(trouble).__name__, wait)
