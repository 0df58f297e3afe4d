"""Stand in place of threads, which would run in any order: each piece of work is done when it is given."""

from collections.abc import Callable
from typing import Any


class _Finished:
    def __init__(self, given: Any) -> None:
        self._found = given

    def result(self) -> Any:
        return self._found


class OneAfterAnother:
    """Stand in place of a pool of threads: each piece of work is done when it is given, so that every run is
    the same.
    """

    def __init__(self, _number: int) -> None: ...

    def __enter__(self) -> "OneAfterAnother":
        return self

    def __exit__(self, *_: object) -> None: ...

    def submit(self, work: Callable[..., Any], *given: Any) -> _Finished:
        return _Finished(work(*given))
