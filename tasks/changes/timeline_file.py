"""Read a timeline file for a change: the timeline, and every fault at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from config.load import examine, is_error
from config.settings import settings
from config.timeline_files.faults import BadInput, Fault, warning
from models.store import Store
from timeline.calendar.london import london_date, start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import horizon
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
    usable = timeline is not None and timeline.pauses and not any(map(is_error, faults))
    return timeline, (*faults, *(_paused_over(file.name, timeline, on) if timeline and usable else ()))


def _paused_over(file: str, timeline: CouncilTimeline, on: date) -> Iterator[Fault]:
    """Warn of a pause in the file into which a date of class A or B falls."""
    at = start_of_day(on)
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    for number, pause in enumerate(timeline.pauses):
        for legal_date in legal_dates(timeline, of_duty(planned, pause), pause) if pause.until_on >= on else ():
            yield warning(file, f"pauses[{number}]", risk(legal_date, pause))


def applied_on(store: Store) -> date | None:
    """Return the day of the council's first apply: a demo was laid on the week of that day, and stays there."""
    applied = store.changes.applied()
    return london_date(applied.first_applied_at) if applied else None
