"""Gather what a report may tell from the store, as known on a day, and fill the report."""

from datetime import date, datetime

from config.settings import Settings
from models.store import Store
from timeline.calendar.london import end_of_day, london_date, start_of_day
from timeline.calendar.wording import long_date
from timeline.programme.as_known import NotPublished, as_known
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS
from timeline.reports.situation import Situation


class NoReport(ValueError):
    """Refuse a report that cannot be made, as one sentence."""


def make(store: Store, settings: Settings, kind: str, *, as_at: date, at: datetime) -> Report:
    """Fill a report of that kind as at a day. Raise NoReport."""
    if kind not in KINDS:
        raise NoReport(f"There is no report “{kind}”; expected {' or '.join(KINDS)}.")
    if as_at > london_date(at):
        raise NoReport(f"{long_date(as_at)} is to come; expected today, or an earlier day.")
    return KINDS[kind](gather(store, settings, as_at=as_at, at=at))


def gather(store: Store, settings: Settings, *, as_at: date, at: datetime) -> Situation:
    """Read what was known at the end of a day. Raise NoReport without a programme with findings."""
    known_at = min(end_of_day(start_of_day(as_at)), at)
    stated = store.programmes.known(at=known_at)
    if stated is None:
        raise NoReport(
            f"No programme of {store.council} was stored on {long_date(as_at)}: write its records beside the timeline "
            "(NAME.programme.yaml), then run daymark apply."
        )
    try:
        programme = as_known(stated.programme, on=as_at)
    except NotPublished as too_early:
        raise NoReport(str(too_early)) from None
    sequence, head = store.audit.chain_end()
    return Situation(
        timeline=store.definitions.timeline(settings.working_hours).as_known(at=known_at),
        programme=programme,
        on=as_at,
        at=known_at,
        stated_since=london_date(stated.stated_at) if stated.is_earliest else None,
        audit_sequence=sequence,
        audit_head=head,
    )
