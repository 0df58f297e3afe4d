"""Give a report as plain values, as both templates (Word and PDF) read them."""

from typing import Any

from timeline.reports.document import Missing, Numbered, Paragraph, Points, Report, Table, numbered
from timeline.reports.situation import plain_date


def plain(report: Report) -> dict[str, Any]:
    """Give the report for a template; `blocks` are its headings, paragraphs, points, tables and gaps in order."""
    return {
        "council": report.council,
        "meeting": report.meeting,
        "title": report.title,
        "status": report.status,
        "as_at": plain_date(report.as_at),
        "head": [{"name": name, "value": value} for name, value in report.head],
        "footer": report.footer,
        "blocks": [_block(each) for each in numbered(report)],
    }


def _block(each: Numbered) -> dict[str, Any]:
    part = each.part
    if isinstance(part, str):
        return {"kind": "heading", "number": each.number, "text": part}
    if isinstance(part, Paragraph):
        return {"kind": "paragraph", "number": each.number, "text": part.text}
    if isinstance(part, Missing):
        return {"kind": "missing", "number": each.number, "text": part.text}
    if isinstance(part, Points):
        return {"kind": "points", "ordered": part.ordered, "items": _items(part)}
    return _table(part)


def _items(points: Points) -> list[dict[str, str]]:
    return [
        {"mark": f"{number}." if points.ordered else "•", "text": item}
        for number, item in enumerate(points.items, start=1)
    ]


def _table(table: Table) -> dict[str, Any]:
    rows = [{"cells": [list(cell) for cell in row]} for row in table.rows]
    widths = table.widths or (1,) * len(table.columns)
    parts = {"caption": table.caption, "columns": list(table.columns), "widths": list(widths), "rows": rows}
    return {"kind": "table", **parts}
