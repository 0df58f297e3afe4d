"""Keep what was made lately for a reader, as long as it is still true."""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from models.store import Store

T = TypeVar("T")


class _Moment(NamedTuple):
    """Name a state of a council and a quarter of an hour: what was made within both is still true.

    Whatever somebody changes extends the audit chain. The hour alone ends an embargo, or makes a task overdue: a page
    tells the first a little later, and none is kept over midnight.
    """

    chain_end: tuple[int, str]
    quarter: int


class Lately(Generic[T]):
    """Keep the last of each council and name."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], tuple[_Moment, T]] = {}

    def get(self, store: Store, name: str, make: Callable[[], T], *, at: datetime) -> T:
        """Give what was made at this moment, or make it now."""
        moment = _Moment(store.audit.chain_end(), int(at.timestamp()) // 900)
        kept = self._last.get((store.council, name))
        if kept is None or kept[0] != moment:
            kept = self._last[store.council, name] = moment, make()
        return kept[1]
