"""Keep the councils of a house apart: what is done inside `only` sees no council but those named, whatever it asks."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SEEN: ContextVar[frozenset[str] | None] = ContextVar("councils in sight", default=None)


@contextmanager
def only(councils: Collection[str] | None) -> Iterator[None]:
    """See only these councils, by key, while inside; None for all. A thread that a request starts sees the same."""
    token = _SEEN.set(None if councils is None else frozenset(councils))
    try:
        yield
    finally:
        _SEEN.reset(token)


def in_sight(council: str) -> bool:
    """Tell whether the council may be looked at here."""
    seen = _SEEN.get()
    return seen is None or council in seen
