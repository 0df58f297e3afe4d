"""Make calendar entries for occurrences and for the due dates of tasks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from timeline.definitions.facts import under_embargo
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState

PRIVATE = "Private"
"""The title of an entry under embargo."""


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """Hold an all-day entry, both days included; `sequence` counts how often its days changed.

    It takes nobody's time, because Daymark knows days and no hours. A `private` entry says nothing but its days. The
    days of a `tentative` entry are not set yet.
    """

    uid: str
    sequence: int
    title: str
    starts_on: date
    ends_on: date
    cancelled: bool = False
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
) -> Iterator[CalendarEntry]:
    """Make an entry for each occurrence that has days, and for unconfirmed windows where `windows` asks for them.

    `sequences` are by ref of the occurrence; an occurrence without a sequence has never moved. An entry under embargo
    at that instant says only that there is something private.
    """
    for occurrence in occurrences:
        made = entry(occurrence, council=council, sequence=sequences.get(occurrence.ref, 0), at=at)
        if made and (windows or occurrence.starts_on):
            yield made


def entry(occurrence: Occurrence, *, council: str, sequence: int, at: datetime) -> CalendarEntry | None:
    """Make the entry of an occurrence, or of its window; None while it has no days."""
    is_window = occurrence.starts_on is None
    first_on, last_on = occurrence.starts_on, occurrence.ends_on
    if is_window:
        first_on, last_on = occurrence.opens_on, occurrence.closes_on
    if first_on is None:
        return None
    # A calendar is shared with assistants, so the circulation does not matter here.
    secret = under_embargo(occurrence.embargoes, at=at)
    return CalendarEntry(
        uid=uid(council, occurrence.ref),
        sequence=sequence,
        title=_title(occurrence, secret),
        starts_on=first_on,
        ends_on=last_on or first_on,
        cancelled=occurrence.state is OccurrenceState.CANCELLED,
        private=secret,
        tentative=occurrence.estimate and not is_window,
        description="" if secret else " ".join(occurrence.why),
    )


def _title(occurrence: Occurrence, secret: bool) -> str:
    """Say in words that it is cancelled: Outlook shows no STATUS of a feed."""
    title = PRIVATE if secret else occurrence.title
    return f"Cancelled: {title}" if occurrence.state is OccurrenceState.CANCELLED else title


def due_entries(
    milestones: Iterable[Milestone], *, council: str, sequences: Mapping[str, int], at: datetime
) -> Iterator[CalendarEntry]:
    """Make an entry for the due date of each task to be done, as a whole day."""
    for milestone in milestones:
        if milestone.due_on and not milestone.closed_because:
            secret = under_embargo(milestone.embargoes, at=at)
            yield CalendarEntry(
                uid=uid(council, milestone.ref),
                sequence=sequences.get(milestone.ref, 0),
                title=PRIVATE if secret else f"{milestone.title}{' (provisional)' if milestone.provisional else ''}",
                starts_on=milestone.due_on,
                ends_on=milestone.due_on,
                private=secret,
                description="" if secret else f"{milestone.duty}. {' '.join(milestone.brief)}".strip(),
            )


def uid(council: str, ref: str) -> str:
    """Give a uid that stays the same for ever and hides the ref, so that it gives away nothing under embargo."""
    return str(uuid5(NAMESPACE_URL, f"daymark:{council}/{ref}"))
