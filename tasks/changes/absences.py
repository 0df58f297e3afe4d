"""End, correct and confirm absences, whoever says so: the person, an administrator, or a command."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.settings import Settings
from models.store import SaidEnd, Store
from tasks.changes.record import Refused
from tasks.council.each import readable
from timeline.calendar.london import DAY, london_date
from timeline.calendar.wording import long_date
from timeline.definitions.absences import AbsenceEnd, KnownAbsence
from timeline.definitions.away import not_over
from timeline.definitions.people import Directory
from timeline.letters.absence import away_view
from timeline.letters.page_views import AwayView

LONGEST = timedelta(days=550)
"""As for a note: who is away longer has left, or the year is a slip."""


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Hold who says when an absence ends, and how: the person themselves by key, or somebody else by a typed name."""

    via: str
    person: str = ""
    typed: str = ""


def known(store: Store, settings: Settings, *, at: datetime, person: str = "") -> tuple[KnownAbsence, ...]:
    """List the absences, of all or of a person, that are not over."""
    each = not_over(_directory(store, settings).known_absences, on=london_date(at))
    return tuple(absence for absence in each if person in ("", absence.said.person))


def end(store: Store, absence: KnownAbsence, last_on: date | None, *, by: Speaker, at: datetime) -> AbsenceEnd:
    """State the last day of an absence; None means that the person is back today. Raises Refused.

    The very day that was heard confirms an absence that waits.
    """
    on = london_date(at)
    last_on = last_on or on - DAY
    if fault := fault_of(absence, last_on, on=on):
        raise Refused(fault)
    said = absence.said
    stated = AbsenceEnd(person=said.person, until_on=said.until_on, last_on=last_on)
    store.inbound.end_absence(SaidEnd(stated, via=by.via, who=by.person, typed=by.typed), at=at)
    return stated


def fault_of(absence: KnownAbsence, last_on: date, *, on: date) -> str:
    """Tell why this cannot be the last day of an absence, as a sentence; empty when it can."""
    first = absence.said.from_on
    if last_on < on - DAY:
        return f"{long_date(last_on)} has passed: expected the last day away, from yesterday on."
    if last_on < first - DAY and last_on != on - DAY:
        return f"{long_date(last_on)} is before the first day away, {long_date(first)}: expected a later day."
    if last_on > on + LONGEST:
        return f"{long_date(last_on)} is more than a year and a half ahead: expected the last day away."
    return ""


def _directory(store: Store, settings: Settings) -> Directory:
    return store.definitions.timeline(settings.working_hours).directory


def view_of(store: Store, settings: Settings, *, at: datetime, person: str = "") -> tuple[AwayView, ...]:
    """Give what a page shows of the absences, of all or of a person, that are not over."""
    timeline = store.definitions.timeline(settings.working_hours)
    each = known(store, settings, at=at, person=person)
    return tuple(away_view(timeline, store.council, absence, own=bool(person), on=london_date(at)) for absence in each)


def named(store: Store, settings: Settings, person: str, until: str, *, at: datetime) -> tuple[KnownAbsence, ...]:
    """Give the person's absence that a form names by the last day that was heard; a note and the timeline may both
    state it. Raises Refused.
    """
    theirs = tuple(each for each in known(store, settings, at=at, person=person) if until == f"{each.said.until_on}")
    if not theirs:
        raise Refused("That absence is over, or was never known: look at the page again.")
    return theirs


def end_named(
    store: Store, settings: Settings, person: str, until: str, last_on: date | None, *, by: Speaker, at: datetime
) -> None:
    """State the last day of an absence that is `named`. Raises Refused."""
    for absence in named(store, settings, person, until, at=at):
        end(store, absence, last_on, by=by, at=at)


class Absences:
    """Hold the absences of every council in the database, for administrators."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def views(self, *, at: datetime) -> tuple[AwayView, ...]:
        """List those that are not over; changes nothing."""
        return tuple(view for store, _ in readable(self._settings) for view in view_of(store, self._settings, at=at))
