"""Print a report into the Word template, which a council edits in Word: its styles, header, footer and marks stay."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from config.rendering.packed import alike
from config.rendering.picture_png import png_of
from config.rendering.report_values import plain
from timeline.reports.document import Figure, Report, Table

TEMPLATE = Path(__file__).parents[1] / "templates" / "reports" / "report.docx"
TABLE_STYLE = "Report table"
# In English Metric Units, as Word counts: 360,000 a centimetre, 96 pixels an inch.
_PIXEL = 9_525
_TEXT_WIDTH = 166 * 36_000
_ZOOM = 1.5
"""Give pictures 144 pixels an inch: sharp on paper, and half the work of twice the size."""


class BadTemplate(ValueError):
    """Report a Word template whose marks were changed, as one sentence."""


def word(report: Report, template: Path = TEMPLATE) -> bytes:
    """Fill the template; the same report gives the same bytes. Raise BadTemplate for marks that cannot be filled."""
    # Takes half a second to import, which only this needs.
    from docxtpl import DocxTemplate, InlineImage
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    document = DocxTemplate(str(template))
    values = plain(report)
    for block in values["blocks"]:
        if block["kind"] == "figure":
            width = min(block["width"] * _PIXEL, _TEXT_WIDTH)
            block["image"] = InlineImage(document, BytesIO(png_of(block["svg"], zoom=_ZOOM)), width=width)
    try:
        # Somebody edits it in Word: its marks read values, and reach nothing else of this process.
        document.render(values, SandboxedEnvironment(autoescape=True), autoescape=True)
    except TemplateError as reason:
        raise BadTemplate(f"{template.name} cannot be filled: {reason}; expected the marks as they were.") from None
    _share_widths(document.docx.tables, report)
    _describe(document.docx.inline_shapes, report)
    properties = document.docx.core_properties
    properties.title, properties.author, properties.language = report.title, report.council, "en-GB"
    noon = properties.created = properties.modified = datetime.combine(report.as_at, time(12), UTC)
    out = BytesIO()
    document.save(out)
    return alike(out.getvalue(), modified=noon.strftime("%Y-%m-%dT%H:%M:%SZ").encode())


def _describe(shapes: Sequence[Any], report: Report) -> None:
    """Give each picture of ours its description, which a screen reader reads; a logo of the template keeps its own."""
    stated = [part for section in report.sections for part in section.parts if isinstance(part, Figure)]
    ours = list(shapes)[len(shapes) - len(stated) :] if stated else []
    for shape, figure in zip(ours, stated, strict=True):
        shape._inline.docPr.set("descr", figure.picture.desc)
        shape._inline.docPr.set("title", figure.caption)
        # LibreOffice puts three millimetres beside a picture that states none, and so over the margin.
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")


def _share_widths(tables: Sequence[Any], report: Report) -> None:
    """Give the columns of each table their shares; a table that a council adds to its template keeps its own."""
    ours = [table for table in tables if table.style and table.style.name == TABLE_STYLE]
    stated = [part for section in report.sections for part in section.parts if isinstance(part, Table)]
    for table, part in zip(ours, stated, strict=False):
        whole = sum(column.width for column in table.columns)
        widths = [whole * share // sum(part.widths) for share in part.widths]
        # By rows: the library lists every cell of the table anew for each column.
        for line in ([*table.columns], *(row.cells for row in table.rows)):
            for each, width in zip(line, widths, strict=False):
                each.width = width
