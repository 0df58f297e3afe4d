"""Fill the trail of an area for an inspector: the finding, the actions, the evidence and the impact, day by day."""

from datetime import date

from timeline.reports.document import Missing, Paragraph, Report, Section, Table
from timeline.reports.sections import areas
from timeline.reports.sections.ending import drafted, missing
from timeline.reports.situation import Situation, plain_date, sentence

KIND = "inspector"


def inspector(now: Situation) -> Report:
    """Fill the trail of the area that is asked for."""
    council, of = now.timeline.council, areas.area(now.area, now)
    return drafted(
        now,
        kind=KIND,
        meeting="Ofsted",
        title=f"{council.name}: from the finding to its impact",
        head=(("Report from", now.post(council.director)), ("Area", now.area.replace("-", " "))),
        sections=(
            Section("Finding", (Paragraph(sentence(of.title)), Paragraph(_source(now)))),
            Section("Actions", tuple(areas.actions_table(of, now))),
            Section("Evidence", tuple(areas.evidence_table(of, now))),
            Section("Impact", tuple(areas.impact(of, now))),
            _trail(of, now),
            missing(now),
        ),
    )


def _source(now: Situation) -> str:
    inspection = now.programme.inspection
    finding = now.programme.areas[now.area]
    return f"Ofsted's report of {plain_date(inspection.published_on)} names it ({finding.source})."


def _trail(of: areas.Area, now: Situation) -> Section:
    """Show everything that was ever stated about the area by the day, none of it changed."""
    rows = tuple(((plain_date(each.on),), (each.what,), (each.by,)) for each in areas.changes(of, now, since=date.min))
    table = Table("The trail", ("Day", "What was stated", "By"), rows, (2, 7, 3))
    return Section("The trail, day by day", (table if rows else Missing("Nothing was stated about this area yet."),))
