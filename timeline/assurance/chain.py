"""Decide how far the audit chain is read again by an assurance, and say what was altered.

Each assurance reads what is new since the last; once a week, and as long as something is altered, it reads the
whole chain and compares every record with it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from timeline.calendar.london import london_date

_WHOLE_EVERY = timedelta(days=7)
_NAMES = "daymark audit verify names what it is; compare it with a backup, and ask who can write to the database."


@dataclass(frozen=True, kw_only=True)
class ChainLook:
    """Hold a look at the chain: whole up to the event `sequence`, whose hash is `head`; `whole_at` is when all of it
    was read. `altered` are sentences that name no record.
    """

    sequence: int
    head: str
    whole_at: datetime
    altered: tuple[str, ...] = ()


def is_whole_due(last: ChainLook | None, *, at: datetime) -> bool:
    """Tell whether the whole chain is to be read."""
    if last is None or last.altered:
        return True
    return london_date(at) - london_date(last.whole_at) >= _WHOLE_EVERY


def sentences(broken: int | None, records: Iterable[str]) -> tuple[str, ...]:
    """Say what is altered: the first event that is broken, and the names of records counted by their kind."""
    kinds = Counter(record.split("/", 1)[0] for record in records)
    said = [f"The audit chain is broken: event {broken} is missing, or was changed. {_NAMES}"] if broken else []
    if kinds:
        counted = ", ".join(f"{kind}: {number}" for kind, number in sorted(kinds.items()))
        said.append(f"Records are not as the audit chain has them ({counted}). {_NAMES}")
    return tuple(said)
