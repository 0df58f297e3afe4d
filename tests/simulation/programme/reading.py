"""Read a report as somebody does who copies its numbers: the rows of a table, and its lines."""

from timeline.reports.document import Missing, Paragraph, Points, Report, Table


def rows(report: Report, caption: str) -> list[tuple[str, ...]]:
    """Give the rows of every table of that caption, the paragraphs of a cell on a line each."""
    tables = (part for section in report.sections for part in section.parts if isinstance(part, Table))
    return [
        tuple("\n".join(cell) for cell in row) for table in tables if table.caption == caption for row in table.rows
    ]


def text(report: Report, section: str = "") -> list[str]:
    """Give the paragraphs and points, of one section if named."""
    lines: list[str] = []
    for each in report.sections:
        for part in each.parts if section in ("", each.title) else ():
            if isinstance(part, Paragraph | Missing):
                lines.append(part.text)
            elif isinstance(part, Points):
                lines += part.items
    return lines
