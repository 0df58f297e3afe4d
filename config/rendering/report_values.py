"""Give a report as plain values, as both templates (Word and PDF) read them, and the digest of what it says."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from config.rendering.picture_svg import svg
from timeline.reports.document import Figure, Missing, Numbered, Paragraph, Points, Report, Table, numbered
from timeline.reports.situation import plain_date


def plain(report: Report) -> dict[str, Any]:
    """Give the report for a template; `blocks` are its headings, paragraphs, points, tables and gaps in order."""
    words = {name: getattr(report, name) for name in ("council", "meeting", "title", "status", "footer")}
    head = [{"name": name, "value": value} for name, value in report.head]
    blocks = [_block(each) for each in numbered(report)]
    return words | {"as_at": plain_date(report.as_at), "head": head, "blocks": blocks}


def digest(report: Report) -> str:
    """Give the SHA-256 of what a report says, whoever released it and however long the audit chain has grown since."""
    said = plain(replace(report, status="", footer=""))
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _block(each: Numbered) -> dict[str, Any]:
    part = each.part
    if isinstance(part, str):
        return {"kind": "heading", "number": each.number, "text": part}
    if isinstance(part, Paragraph):
        return {"kind": "paragraph", "number": each.number, "text": part.text}
    if isinstance(part, Missing):
        return {"kind": "missing", "number": each.number, "mark": part.mark, "text": part.text}
    if isinstance(part, Points):
        return {"kind": "points", "ordered": part.ordered, "items": _items(part)}
    if isinstance(part, Figure):
        return _figure(part)
    return _table(part)


def _items(points: Points) -> list[dict[str, str]]:
    return [
        {"mark": f"{number}." if points.ordered else "•", "text": item}
        for number, item in enumerate(points.items, start=1)
    ]


def _figure(figure: Figure) -> dict[str, Any]:
    """Give a picture as SVG with its size in pixels; its description stands in for it where it cannot be seen."""
    picture = figure.picture
    size = {"width": picture.width, "height": picture.height}
    return {"kind": "figure", "caption": figure.caption, "alt": picture.desc, "svg": svg(picture), **size}


def _table(table: Table) -> dict[str, Any]:
    rows = [{"cells": [list(cell) for cell in row]} for row in table.rows]
    widths = table.widths or (1,) * len(table.columns)
    parts = {"caption": table.caption, "columns": list(table.columns), "widths": list(widths), "rows": rows}
    return {"kind": "table", **parts}
