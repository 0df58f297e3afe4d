"""Fill the report to the board: exceptions first, then plan, measures, risks, moved dates and next meetings."""

from timeline.reports.document import Report
from timeline.reports.sections.ending import drafted, missing
from timeline.reports.sections.exceptions import exceptions
from timeline.reports.sections.measures import measures
from timeline.reports.sections.meetings import decided, next_meetings
from timeline.reports.sections.moved import moved_dates
from timeline.reports.sections.plan import plan_on_a_page
from timeline.reports.sections.risk_matrix import risk_matrix
from timeline.reports.situation import Situation

KIND = "board"


def board(now: Situation) -> Report:
    """Fill the report for the improvement board."""
    council = now.timeline.council
    return drafted(
        now,
        kind=KIND,
        meeting="Improvement board",
        title=f"{council.programme} of {council.name}: report to the board",
        head=(("Report from", now.post(council.programme_lead)),),
        sections=(
            exceptions(now),
            plan_on_a_page(now),
            measures(now),
            risk_matrix(now),
            moved_dates(now),
            decided(now),
            next_meetings(now),
            missing(now),
        ),
    )
