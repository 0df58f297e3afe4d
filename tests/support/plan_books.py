"""Make workbooks as councils make them: a title above, headings in a row of their own, merged cells, formulas."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Ref", "Action", "Priority", "Lead officer", "Start date", "By when", "RAG", "% complete", "Comments")
LEADERSHIP = "Effective leadership and management"
TITLED_ABOVE = 3
"""So many rows stand above the first action: the title, an empty row, the headings."""


def book(
    rows: Sequence[Sequence[Any]], *, headings: Sequence[str] = HEADINGS, merged: Sequence[str] = (), name: str = "Plan"
) -> bytes:
    """Write a plan with a title, an empty row, its headings and these rows; cells are merged at last."""
    workbook = Workbook()
    notes = workbook.active
    assert notes is not None
    notes.title = "Notes"
    notes.append(["Who may edit this workbook: ask the programme office"])
    sheet = workbook.create_sheet(name)
    sheet.append(["Improvement plan 2019 – 2020"])
    sheet.append([])
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def two_hundred(*, faulty: bool = True) -> bytes:
    """Write a plan of 200 actions; `faulty` with the slips that people make in rows 8, 13, 23, 33, 43, 53 and 63."""
    rows: list[list[Any]] = []
    for number in range(1, 201):
        due = date(2019, 9 + number % 4, 1 + number % 28)
        row = [f"{number}", f"Action {number}", None, "Training lead", "1 September 2019", due, "Green", 0.25, "Begun"]
        rows.append(row)
    rows[0][2] = LEADERSHIP
    if faulty:
        rows[4][5] = "31/02/2020"
        rows[9][3] = "Training lead / Head of Improvement"
        rows[19][5] = "=E23+30"
        rows[29][6] = "Purple"
        rows[39][3] = "Trainign lead"
        rows[49][7] = 140
        rows[59][0] = "59"
    rows[100][5] = "01-Dec-19"
    rows[101][5] = "Ongoing"
    rows.insert(150, [])
    rows.insert(100, [])
    return book(rows, merged=["C4:C205"])
