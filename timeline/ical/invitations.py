"""Invitations: what a mail says to somebody's calendar about one occurrence, and when there is something to say."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from timeline.calendar.london import DAY, london_date, london_time
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.definitions.duties import Kind
from timeline.delivery.messages import TokenClaims
from timeline.escalation.prompts import Prompt, PromptKind
from timeline.escalation.task_context import TaskContext
from timeline.ical.entries import BUSY, Entry, entry
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.rescheduling import days

_ALARM_AT = time(9)
_ENTRY = "entry/"


class Method(StrEnum):
    """What a calendar is to do with an entry (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An occurrence as it is stored: `sequence` counts the changes of its days; `gone` when the rules no longer give
    it.
    """

    occurrence: Occurrence
    sequence: int
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What the calendar part of a mail told somebody of one occurrence."""

    method: Method
    uid: str
    sequence: int
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """The calendar part of one mail. `alarm` counts from midnight of the first day; None: no alarm."""

    method: Method
    entry: Entry
    alarm: timedelta | None = None


def invitation(
    now: Kept, told: Carried | None, *, wants: bool, council: str, office: WorkingCalendar, at: datetime
) -> Invitation | None:
    """What somebody's calendar should hear of an occurrence in a mail that leaves now; None when nothing.

    `told` is what it heard last. It is invited where the ladder `wants` it, once, to days to come; who was invited
    hears of every change of the days, and when there is nothing to come to any more.
    """
    on = london_date(at)
    found = None if _is_off(now) else entry(now.occurrence, council=council, sequence=now.sequence, at=at)
    if found is None:
        return _cancelled(now, told) if told and told.method is Method.REQUEST else None
    if told is None:
        wanted = wants and _invites(now.occurrence) and found.starts_on > on
    else:
        wanted = (told.method is Method.CANCEL or told.sequence < found.sequence) and found.ends_on >= on
    return Invitation(method=Method.REQUEST, entry=found, alarm=_alarm(found, office, at)) if wanted else None


def in_words(given: Invitation) -> str:
    """What a mail says that has nothing else to say; no title under embargo."""
    entry = given.entry
    named = "An entry in your calendar" if entry.private else f"“{entry.title}” in your calendar"
    if given.method is Method.CANCEL:
        return f"{named}, {days(entry.starts_on, entry.ends_on)}, is off. This mail takes it out."
    return f"{named} is now on {days(entry.starts_on, entry.ends_on)}. This mail moves it."


def asks(task: TaskContext, prompt: Prompt) -> bool:
    """Whether its rung invites, or an earlier one for the same reader, which it may have superseded."""
    if prompt.kind is PromptKind.CORRECTION:
        return False
    inviting = (rung_time.rung for rung_time in task.rung_times() if rung_time.rung.invite and rung_time.at <= task.at)
    return prompt.invite or any(prompt.selector in rung.to for rung in inviting)


def organizer(person: str, uid: str) -> TokenClaims:
    """What the token in the organizer's address is bound to: the same in every mail about one entry to one person,
    because a calendar takes a change from nobody else than who invited it.
    """
    return TokenClaims(person=person, message=f"{_ENTRY}{uid}")


def entry_of(claims: TokenClaims) -> str:
    """The uid of the entry that such a token is bound to; empty for every other token."""
    return claims.message.removeprefix(_ENTRY) if claims.message.startswith(_ENTRY) else ""


def _invites(occurrence: Occurrence) -> bool:
    """Nobody comes to a submission, nor to what is somebody else's."""
    return occurrence.ours and occurrence.kind is not Kind.SUBMISSION


def _is_off(now: Kept) -> bool:
    cancelled = now.occurrence.state is OccurrenceState.CANCELLED
    return now.gone or cancelled or now.occurrence.starts_on is None


def _cancelled(now: Kept, told: Carried) -> Invitation:
    """Under the title and days that the calendar knows: the rules may give none any more."""
    last = Entry(
        uid=told.uid,
        sequence=now.sequence,
        title=told.title,
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        cancelled=True,
        private=told.title == BUSY,
    )
    return Invitation(method=Method.CANCEL, entry=last)


def _alarm(entry: Entry, office: WorkingCalendar, at: datetime) -> timedelta | None:
    """At nine on the working day before; none that would ring at once."""
    try:
        rings_on = office.subtract(entry.starts_on, 1)
    except BeyondCalendar:
        rings_on = entry.starts_on - DAY
    if london_time(rings_on, _ALARM_AT) <= at:
        return None
    # Counted in days and hours of the wall clock, as calendars count from an all-day entry.
    return rings_on - entry.starts_on + timedelta(hours=_ALARM_AT.hour)
