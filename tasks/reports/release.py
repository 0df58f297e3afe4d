"""Release a report: recorded once, by whoever may, for just the contents that it has now."""

from datetime import datetime

from config.rendering.report_values import digest
from config.settings import Settings
from models.store import Store
from tasks.reports.make import Asked, NoReport, filled, situation
from timeline.calendar.london import london_date
from timeline.definitions.people import AnswersAs
from timeline.reports.document import Report
from timeline.reports.release import Release, released, releasing_post


def release(store: Store, settings: Settings, asked: Asked, *, by: str, at: datetime) -> Report:
    """Release a report as the person of that address, and give it as it is from now on. Raise NoReport."""
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
    for_whom = "" if stand is AnswersAs.SELF else holder
    return released(report, store.programmes.release(given, for_whom=for_whom, at=at))
