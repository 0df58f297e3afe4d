"""Read a timeline file for a change: the timeline, and every fault at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from config.load import examine, is_error
from config.new_council.authorities import authorities
from config.settings import settings
from config.timeline_files.faults import BadInput, Fault, warning
from models.store import Store
from timeline.calendar.london import london_date, start_of_day
from timeline.calendar.wording import count, long_date
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import horizon
from timeline.planning.endings.council_end import beyond
from timeline.planning.occurrences import Occurrence
from timeline.planning.pause_dates import legal_dates, of_duty, risk
from timeline.planning.plan import plan


def load_checked(file: Path, *, on: date) -> tuple[CouncilTimeline, tuple[Fault, ...]]:
    """Return the timeline and its warnings; a demo is laid on the week of `on`. Raise BadInput with every error."""
    timeline, faults = examined(file, on)
    if timeline is None or any(map(is_error, faults)):
        raise BadInput(fault for fault in faults if is_error(fault))
    return timeline, faults


def examined(file: Path, on: date) -> tuple[CouncilTimeline | None, tuple[Fault, ...]]:
    """Return the timeline, where it can be read, with every fault of its file, as `daymark check` names them."""
    given = settings()
    timeline, faults = examine(file, on=on, hours=given.working_hours, mail_leaves=not given.catches_mail)
    if timeline is None or any(map(is_error, faults)):
        return timeline, faults
    more = (*_paused_over(file.name, timeline, on), *_ends(file.name, timeline, on))
    return timeline, (*faults, *more)


def _ends(file: str, timeline: CouncilTimeline, on: date) -> Iterator[Fault]:
    """Warn of dates that lie after the council's end, and of an end that the file does not state."""
    council = timeline.council
    if council.vesting_day is None:
        known = authorities().find(council.name)
        if known and known.vesting_on:
            expected = f"vesting_day: {known.vesting_on} and succeeded_by: [{', '.join(known.followed_by)}]"
            text = f"{known.name} ends on {long_date(known.vesting_on)}, expected {expected}."
            yield warning(file, "council", text)
        return
    at = start_of_day(on)
    later = sorted(beyond(plan(timeline, at=at, until=horizon(timeline, at=at)), council.vesting_day), key=_last_on)
    if later:
        first = f"{later[0].ref} on {long_date(_last_on(later[0]))}"
        passed = "daymark handover passes them on then"
        text = f"{count(len(later), 'date')} lie on the vesting day or after it, the first {first}: {passed}."
        yield warning(file, "council.vesting_day", text)


def _last_on(occurrence: Occurrence) -> date:
    return occurrence.last_on or date.max


def _paused_over(file: str, timeline: CouncilTimeline, on: date) -> Iterator[Fault]:
    """Warn of a pause in the file into which a date of class A or B falls."""
    if not timeline.pauses:
        return
    at = start_of_day(on)
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    for number, pause in enumerate(timeline.pauses):
        for legal_date in legal_dates(timeline, of_duty(planned, pause), pause) if pause.until_on >= on else ():
            yield warning(file, f"pauses[{number}]", risk(legal_date, pause))


def applied_on(store: Store) -> date | None:
    """Return the day of the council's first apply: a demo was laid on the week of that day, and stays there."""
    applied = store.changes.applied()
    return london_date(applied.first_applied_at) if applied else None
