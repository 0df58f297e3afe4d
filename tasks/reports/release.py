"""Release a report: recorded once, by whoever may, for just the contents that it has now."""

from datetime import datetime
from typing import NamedTuple

from config.rendering.report_values import digest
from config.settings import Settings
from models.store import Store
from tasks.reports.make import Asked, NoReport, filled, situation
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.council import Council
from timeline.definitions.people import AnswersAs
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS
from timeline.reports.release import Release, released, releasing_post


class Ready(NamedTuple):
    """Hold a report as it can be released now, by whom and for whom; `before` where just this was released before."""

    report: Report
    release: Release
    for_whom: str
    before: Release | None


def release(store: Store, settings: Settings, asked: Asked, *, by: str, at: datetime) -> Report:
    """Release a report as the person of that address, and give it as it is from now on. Raise NoReport."""
    ready = prepared(store, settings, asked, by=by, at=at)
    return released(ready.report, record(store, ready, at=at))


def record(store: Store, ready: Ready, *, at: datetime, entered_by: str = "") -> Release:
    """Record the release of a report just as it was prepared, and who entered it where that is somebody else."""
    return store.programmes.release(ready.release, for_whom=ready.for_whom, entered_by=entered_by, at=at)


def prepared(store: Store, settings: Settings, asked: Asked, *, by: str, at: datetime) -> Ready:
    """Fill a report for its release by the person of that address; nothing is recorded yet. Raise NoReport."""
    now = situation(store, settings, asked, at=at)
    if asked.reader:
        raise NoReport(f"The copy for the {now.post(asked.reader)} alone is not released: it goes to nobody else.")
    report = filled(asked, now)
    # Who may release is decided by who holds the post today, and not on the day of which the report tells.
    timeline = store.definitions.timeline(settings.working_hours)
    post = releasing_post(timeline, asked.kind)
    title = timeline.directory.posts[post].title
    person = timeline.directory.at_address(by)
    acts = timeline.directory.acts_in(post, person.key, on=london_date(at)) if person else None
    if person is None or acts is None:
        raise NoReport(f"Only the {title}, the deputy meanwhile and the assistant may release this report.")
    stand, holder = acts
    given = Release(
        kind=asked.kind,
        area=asked.area,
        as_at=asked.as_at,
        digest=digest(report),
        post=title,
        released_by=person.key,
        released_at=at,
        audit_sequence=now.audit_sequence,
        audit_head=now.audit_head,
    )
    before = next((each for each in store.programmes.released() if each.releases(given)), None)
    return Ready(report, given, "" if stand is AnswersAs.SELF else holder, before)


def named(release: Release, council: Council) -> str:
    """Name a report with its area and its day, as its council calls it."""
    of = f" ({release.area})" if release.area else ""
    return f"{KINDS[release.kind].titled(council)}{of} as known on {long_date(release.as_at)}"


def said(release: Release, council: Council) -> str:
    """Say what was released, by which post, and when."""
    return (
        f"{named(release, council)}: released by the {release.post} on {long_date(london_date(release.released_at))}."
    )
