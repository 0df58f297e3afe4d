"""Fill the report to the commissioner: the evidence against the steps, and what was promised and kept."""

from timeline.reports.document import Report, Section
from timeline.reports.sections.areas import by_area
from timeline.reports.sections.ending import drafted, missing
from timeline.reports.sections.measures import measures
from timeline.reports.sections.moved import moved_dates
from timeline.reports.sections.plan import timeline_picture
from timeline.reports.sections.progress import risks
from timeline.reports.sections.promises import promised_and_kept
from timeline.reports.sections.steps import capacity, steps, views
from timeline.reports.situation import Situation

KIND = "commissioner"


def commissioner(now: Situation) -> Report:
    """Fill the report for the commissioner, or for the adviser under a notice."""
    council, given = now.timeline.council, now.programme.intervention
    to = now.post(given.adviser) if given else now.post("commissioner")
    return drafted(
        now,
        kind=KIND,
        meeting=to,
        title=f"{council.name}: evidence for the {to}",
        head=(("Report to", to), ("Report from", now.post(council.director))),
        sections=(
            steps(now),
            capacity(now),
            Section("Progress by area", (*by_area(now), *timeline_picture(now))),
            promised_and_kept(now),
            moved_dates(now),
            measures(now),
            risks(now),
            views(now),
            missing(now),
        ),
    )
