"""Make invitations: the calendar part of a mail about an occurrence, and when a mail carries it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from timeline.calendar.london import DAY, london_date, london_time
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.definitions.duties import OccurrenceKind
from timeline.delivery.messages import TokenClaims, TokenKind
from timeline.escalation.prompts import Prompt, PromptKind
from timeline.escalation.task_context import TaskContext
from timeline.ical.entries import PRIVATE, CalendarEntry, entry
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.rescheduling import days

_ALARM_AT = time(9)
_ENTRY = "entry/"
# Before an entry took nobody's time, its title under embargo was "Busy".
_PRIVATE = (PRIVATE, "Busy")


class Method(StrEnum):
    """Name the act that a calendar part asks for (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class StoredOccurrence:
    """Hold an occurrence as it is stored. `sequence` counts the changes of its days; `gone` says that the rules no
    longer give it.
    """

    occurrence: Occurrence
    sequence: int
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class SentInvitation:
    """Hold the calendar part of a mail that was sent about an occurrence."""

    method: Method
    uid: str
    sequence: int
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Hold the calendar part of a mail. `alarm` counts from midnight of the first day; None is no alarm."""

    method: Method
    entry: CalendarEntry
    alarm: timedelta | None = None


def invitation(
    now: StoredOccurrence,
    told: SentInvitation | None,
    *,
    wants: bool,
    council: str,
    office: WorkingCalendar,
    at: datetime,
) -> Invitation | None:
    """Decide the calendar part about an occurrence in a mail that leaves now; None for no calendar part.

    `told` is the last calendar part sent to that person. The first invites, where the ladder `wants` it, to coming
    days. An invited person hears of every change of the days, and of a cancellation; of a change that was taken back
    before it was told, nothing.
    """
    on = london_date(at)
    current = None if _is_off(now) else entry(now.occurrence, council=council, sequence=now.sequence, at=at)
    if current is None:
        return _cancelled(now, told) if told and told.method is Method.REQUEST else None
    if told is None:
        wanted = wants and _invites(now.occurrence) and current.starts_on > on
    else:
        changed = told.method is Method.CANCEL or told.sequence < current.sequence
        wanted = changed and not _says_as_much(told, current) and current.ends_on >= on
    return Invitation(method=Method.REQUEST, entry=current, alarm=_alarm(current, office, at)) if wanted else None


def holds(written: SentInvitation, now: StoredOccurrence, *, council: str, at: datetime) -> bool:
    """Tell whether a calendar part that has not left still says how things stand."""
    current = None if _is_off(now) else entry(now.occurrence, council=council, sequence=now.sequence, at=at)
    return written.method is Method.CANCEL if current is None else _says_as_much(written, current)


def _says_as_much(told: SentInvitation, entry: CalendarEntry) -> bool:
    """Tell whether a calendar that was told so shows the entry on its days."""
    return told.method is Method.REQUEST and (told.starts_on, told.ends_on) == (entry.starts_on, entry.ends_on)


def in_words(given: Invitation) -> str:
    """Say the entry in a sentence, for a mail that says nothing else; without its title under embargo."""
    entry = given.entry
    named = "An entry in your calendar" if entry.private else f"“{entry.title}” in your calendar"
    if given.method is Method.CANCEL:
        return f"{named}, {days(entry.starts_on, entry.ends_on)}, is off. This mail takes it out."
    return f"{named} is now on {days(entry.starts_on, entry.ends_on)}. This mail moves it."


def asks(task: TaskContext, prompt: Prompt) -> bool:
    """Tell whether its rung invites, or an earlier rung for the same reader that it may have superseded."""
    if prompt.kind is PromptKind.CORRECTION:
        return False
    inviting = (rung_time.rung for rung_time in task.rung_times() if rung_time.rung.invite and rung_time.at <= task.at)
    return prompt.invite or any(prompt.selector in rung.to for rung in inviting)


def organizer(person: str, uid: str) -> TokenClaims:
    """Give the claims of the token in the organizer's address.

    They are the same in every mail about an entry to a person, because a calendar takes changes only from the address
    that sent the invitation.
    """
    return TokenClaims(person=person, message=f"{_ENTRY}{uid}", kind=TokenKind.ENTRY)


def entry_of(claims: TokenClaims) -> str:
    """Give the uid of the entry in such a token; empty for every other token."""
    return claims.message.removeprefix(_ENTRY) if claims.message.startswith(_ENTRY) else ""


def _invites(occurrence: Occurrence) -> bool:
    """Tell whether people come to it: nobody comes to a submission or to somebody else's duty."""
    return occurrence.ours and occurrence.kind is not OccurrenceKind.SUBMISSION


def _is_off(now: StoredOccurrence) -> bool:
    cancelled = now.occurrence.state is OccurrenceState.CANCELLED
    return now.gone or cancelled or now.occurrence.starts_on is None


def _cancelled(now: StoredOccurrence, told: SentInvitation) -> Invitation:
    """Cancel the entry under the title and days that the calendar knows: the rules may give none any more."""
    last = CalendarEntry(
        uid=told.uid,
        sequence=now.sequence,
        title=told.title,
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        cancelled=True,
        private=told.title in _PRIVATE,
    )
    return Invitation(method=Method.CANCEL, entry=last)


def _alarm(entry: CalendarEntry, office: WorkingCalendar, at: datetime) -> timedelta | None:
    """Set the alarm to nine on the working day before; None when it would ring at once."""
    try:
        rings_on = office.subtract(entry.starts_on, 1)
    except BeyondCalendar:
        rings_on = entry.starts_on - DAY
    if london_time(rings_on, _ALARM_AT) <= at:
        return None
    # Counted in days and hours of the wall clock, as calendars count from an all-day entry.
    return rings_on - entry.starts_on + timedelta(hours=_ALARM_AT.hour)
