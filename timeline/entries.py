"""Calendar entries: what an occurrence looks like in somebody's calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from timeline.occurrences import Occurrence, OccurrenceState

BUSY = "Busy"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One all-day entry, both days included; `sequence` counts how often its days changed.

    `free`: it takes nobody's time, as a window does not.
    """

    uid: str
    sequence: int
    title: str
    starts_on: date
    ends_on: date
    cancelled: bool = False
    free: bool = False
    description: str = ""


def entries(
    occurrences: Iterable[Occurrence], *, council: str, sequences: Mapping[str, int], windows: bool = False
) -> Iterator[Entry]:
    """An entry for each occurrence that has days; a window that is not confirmed only where `windows` asks for it.

    `sequences` are by ref of the occurrence; one that is not there has never moved. What is under embargo says only
    that the days are busy.
    """
    for one in occurrences:
        is_window = one.starts_on is None
        first_on, last_on = (one.opens_on, one.closes_on) if is_window else (one.starts_on, one.ends_on)
        if first_on is None or (is_window and not windows):
            continue
        yield Entry(
            uid=uid(council, one.ref),
            sequence=sequences.get(one.ref, 0),
            title=BUSY if one.embargoes else one.title,
            starts_on=first_on,
            ends_on=last_on or first_on,
            cancelled=one.state is OccurrenceState.CANCELLED,
            free=is_window,
            description="" if one.embargoes else " ".join(one.why),
        )


def uid(council: str, ref: str) -> str:
    """The same for an occurrence for ever; it does not tell which, so that it gives away nothing under embargo."""
    return str(uuid5(NAMESPACE_URL, f"daymark:{council}/{ref}"))
