"""Give Medway's situation as a report tells it, and the words of a report."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from tests.config.medway import medway
from tests.support.programmes import AT_CABINET, medways
from timeline.calendar.london import end_of_day, start_of_day
from timeline.programme.as_known import as_known
from timeline.programme.programme import Programme
from timeline.reports.cabinet import cabinet
from timeline.reports.document import Missing, Paragraph, Points, Report, Table, numbered
from timeline.reports.situation import Situation

HEAD = "0f" * 32


def situation(programme: Programme, *, on: date = AT_CABINET, stated_since: date | None = None) -> Situation:
    """Give Medway as known at the end of a day."""
    return Situation(
        timeline=medway(),
        programme=as_known(programme, on=on),
        on=on,
        at=end_of_day(start_of_day(on)),
        stated_since=stated_since,
        audit_sequence=12,
        audit_head=HEAD,
    )


@cache
def to_cabinet() -> Report:
    """Give the report to Cabinet as at the day of its meeting."""
    return cabinet(situation(medways()))


def words(report: Report) -> str:
    """Give every word of a report, a part on a line."""
    head = (f"{name}: {value}" for name, value in report.head)
    parts = (line for each in numbered(report) for line in _lines(each.part, each.number))
    return "\n".join((report.meeting, report.title, report.status, *head, *parts, report.footer))


def _lines(part: object, number: str) -> Iterator[str]:
    if isinstance(part, str):
        yield f"{number} {part}".strip()
    elif isinstance(part, Paragraph | Missing):
        yield f"{number} {part.text}".strip()
    elif isinstance(part, Points):
        yield from part.items
    elif isinstance(part, Table):
        yield part.caption
        yield from part.columns
        yield from (" | ".join("\n".join(cell) for cell in row) for row in part.rows)
