"""Calendar entries: what an occurrence, or the due date of a task, looks like in somebody's calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from timeline.definitions.duties import Kind
from timeline.definitions.facts import under_embargo
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState

BUSY = "Busy"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One all-day entry, both days included; `sequence` counts how often its days changed.

    `free`: it takes nobody's time, as a window or a due date does not. `private`: it says that the days are busy, and
    not with what. `tentative`: nobody has set the days yet.
    """

    uid: str
    sequence: int
    title: str
    starts_on: date
    ends_on: date
    cancelled: bool = False
    free: bool = False
    private: bool = False
    tentative: bool = False
    description: str = ""


def entries(
    occurrences: Iterable[Occurrence],
    *,
    council: str,
    sequences: Mapping[str, int],
    windows: bool = False,
    at: datetime,
) -> Iterator[Entry]:
    """An entry for each occurrence that has days; a window that is not confirmed only where `windows` asks for it.

    `sequences` are by ref of the occurrence; one that is not there has never moved. What is under embargo at that
    instant says only that the days are busy.
    """
    for occurrence in occurrences:
        found = entry(occurrence, council=council, sequence=sequences.get(occurrence.ref, 0), at=at)
        if found and (windows or occurrence.starts_on):
            yield found


def entry(occurrence: Occurrence, *, council: str, sequence: int, at: datetime) -> Entry | None:
    """The entry of one occurrence, or of its window; None while it has no days."""
    is_window = occurrence.starts_on is None
    first_on, last_on = occurrence.starts_on, occurrence.ends_on
    if is_window:
        first_on, last_on = occurrence.opens_on, occurrence.closes_on
    if first_on is None:
        return None
    # A calendar is shared with assistants, so the circulation does not matter here.
    secret = under_embargo(occurrence.embargoes, at=at)
    return Entry(
        uid=uid(council, occurrence.ref),
        sequence=sequence,
        title=BUSY if secret else occurrence.title,
        starts_on=first_on,
        ends_on=last_on or first_on,
        cancelled=occurrence.state is OccurrenceState.CANCELLED,
        # Something handed in by a day takes nobody's whole day.
        free=is_window or occurrence.kind is Kind.SUBMISSION,
        private=secret,
        tentative=occurrence.estimate and not is_window,
        description="" if secret else " ".join(occurrence.why),
    )


def due_entries(
    milestones: Iterable[Milestone], *, council: str, sequences: Mapping[str, int], at: datetime
) -> Iterator[Entry]:
    """The due date of each task that has one and is to be done, as a day that takes nobody's time."""
    for milestone in milestones:
        if milestone.due_on and not milestone.closed_because:
            secret = under_embargo(milestone.embargoes, at=at)
            yield Entry(
                uid=uid(council, milestone.ref),
                sequence=sequences.get(milestone.ref, 0),
                title=BUSY if secret else milestone.title,
                starts_on=milestone.due_on,
                ends_on=milestone.due_on,
                free=True,
                private=secret,
                description="" if secret else f"{milestone.duty}. {' '.join(milestone.brief)}".strip(),
            )


def uid(council: str, ref: str) -> str:
    """The same for an occurrence for ever; it does not tell which, so that it gives away nothing under embargo."""
    return str(uuid5(NAMESPACE_URL, f"daymark:{council}/{ref}"))
