"""Print a report into the Word template, which a council edits in Word: its styles, header, footer and marks stay."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from config.rendering.report_values import plain
from timeline.reports.document import Report, Table

TEMPLATE = Path(__file__).parents[1] / "templates" / "reports" / "report.docx"
TABLE_STYLE = "Report table"


def word(report: Report, template: Path = TEMPLATE) -> bytes:
    """Fill the template; the same report gives the same words."""
    # Takes half a second to import, which only this needs.
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render(plain(report), autoescape=True)
    _share_widths(document.docx.tables, report)
    properties = document.docx.core_properties
    properties.title, properties.author, properties.language = report.title, report.council, "en-GB"
    properties.created = properties.modified = datetime.combine(report.as_at, time(12), UTC)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _share_widths(tables: Sequence[Any], report: Report) -> None:
    """Give the columns of each table their shares; a table that a council adds to its template keeps its own."""
    ours = [table for table in tables if table.style and table.style.name == TABLE_STYLE]
    stated = [part for section in report.sections for part in section.parts if isinstance(part, Table)]
    for table, part in zip(ours, stated, strict=False):
        whole = sum(column.width for column in table.columns)
        for column, share in zip(table.columns, part.widths, strict=False):
            width = whole * share // sum(part.widths)
            column.width = width
            for cell in column.cells:
                cell.width = width
