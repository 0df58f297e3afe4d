"""Write tables as sheets of a workbook for Excel; no cell becomes a formula."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from config.rendering.packed import alike
from timeline.programme.sheets.tables import Cell, Table

_WIDEST, _NARROWEST = 60, 10
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A workbook names the instant of its making: the same records give the same file."""
_LONGEST_NAME = 31


def as_workbook(tables: Sequence[Table]) -> bytes:
    """Write a workbook with a sheet for each table: headings that stay in sight, and days as days."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _MADE
    for table in tables:
        _write(book.create_sheet(table.name[:_LONGEST_NAME]), table)
    written = io.BytesIO()
    book.save(written)
    return alike(written.getvalue(), modified=_MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode())


def _write(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns):
        longest = max((len(str(row[number])) for row in table.rows if row[number] is not None), default=0)
        letter = get_column_letter(number + 1)
        sheet.column_dimensions[letter].width = min(max(longest, len(column), _NARROWEST), _WIDEST) + 2
    sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Worksheet, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=None if value == "" else value)
    if isinstance(value, str) and value:
        # Words stay words, also where they begin like a formula.
        cell.data_type = "s"
    if isinstance(value, str) and len(value) > _WIDEST:
        cell.alignment = _IN_LINES
    if bold:
        cell.font = _BOLD
    return cell


_IN_LINES, _BOLD = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
