"""Read a workbook as people made it: merged cells filled, formulas by their last outcome, blank rows left out."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, NoReturn

from openpyxl import load_workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.worksheet import Worksheet

from config.timeline_files.faults import BadInput, error
from timeline.calendar.wording import near

MOST_BYTES = 2_000_000
_MOST_UNPACKED = 40_000_000
"""A workbook is packed: a small file could fill the memory of the machine."""
_MOST_ROWS = 2_000
_MOST_COLUMNS = 60
_EXPECTED = "expected a workbook as Excel saves it (.xlsx)"


class Value(NamedTuple):
    """Hold what stands in a cell. `is_unknown`: a formula whose outcome nobody worked out, or an error such as #REF!.

    A number stays a number, with `day` what Excel would show if the column holds days; `is_percent` by its format.
    """

    text: str
    number: float | None = None
    day: date | None = None
    is_percent: bool = False
    is_unknown: bool = False


EMPTY = Value("")


@dataclass(frozen=True)
class Row:
    """Hold a row with its number in the sheet, and its values by the letters of the columns, without the empty ones."""

    number: int
    values: Mapping[str, Value]

    @property
    def has_only_one(self) -> bool:
        """Tell whether the row says a single thing, as a heading does, be it merged over several columns."""
        return len({value.text for value in self.values.values()}) == 1


@dataclass(frozen=True)
class Sheet:
    """Hold the rows of a sheet in which anything stands. `merged` names cells that were merged, such as B4:B9."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[str, ...] = ()


def sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    """Read each visible sheet of a workbook that is no larger than a plan. Raise BadInput when there is none."""
    _refuse_too_much(file, content)
    try:
        shown = load_workbook(io.BytesIO(content), data_only=True)
        written = load_workbook(io.BytesIO(content))
        visible = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
        fit = [sheet for sheet in visible if not _is_too_large(sheet)]
        if visible and not fit:
            _refuse_large(file, visible[0])
        return tuple(_sheet(sheet, written[sheet.title]) for sheet in fit)
    except BadInput:
        raise
    except Exception as reason:
        raise BadInput([error(file, "", f"It cannot be read ({type(reason).__name__}); {_EXPECTED}.")]) from None


def chosen(file: str, among: tuple[Sheet, ...], name: str) -> Sheet:
    """Give the sheet of that name. Raise BadInput."""
    named = next((sheet for sheet in among if sheet.name.casefold() == name.casefold()), None)
    if named is None:
        names = [sheet.name for sheet in among]
        expected = f"There is no sheet “{name}”; expected {' or '.join(names)}.{near(name, names)}"
        raise BadInput([error(file, "", expected)])
    return named


def _refuse_too_much(file: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        text = f"It is larger than {MOST_BYTES // 1_000_000} MB; expected a workbook with the plan alone."
        raise BadInput([error(file, "", text)])
    try:
        packed = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise BadInput([error(file, "", f"It is no workbook; {_EXPECTED}.")]) from None
    if sum(part.file_size for part in packed) > _MOST_UNPACKED:
        raise BadInput([error(file, "", "Unpacked it is far larger than any plan; expected the plan alone.")])


def _is_too_large(sheet: Worksheet) -> bool:
    return bool(sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS)


def _refuse_large(file: str, sheet: Worksheet) -> NoReturn:
    size = f"{sheet.max_row} rows and {sheet.max_column} columns"
    most = f"at most {_MOST_ROWS} and {_MOST_COLUMNS}"
    text = f"It has {size}; expected {most}: delete the empty ones that have a format."
    raise BadInput([error(file, sheet.title, text)])


def _sheet(shown: Worksheet, written: Worksheet) -> Sheet:
    merged = {place: span.start_cell.coordinate for span in shown.merged_cells.ranges for place in _places(span.bounds)}
    rows = tuple(row for number in range(1, shown.max_row + 1) if (row := _row(number, shown, written, merged)).values)
    return Sheet(shown.title, rows, tuple(f"{span.coord}" for span in shown.merged_cells.ranges))


def _places(bounds: tuple[int, int, int, int]) -> Iterator[str]:
    left, top, right, bottom = bounds
    for row in range(top, bottom + 1):
        yield from (f"{get_column_letter(column)}{row}" for column in range(left, right + 1))


def _row(number: int, shown: Worksheet, written: Worksheet, merged: Mapping[str, str]) -> Row:
    letters = [get_column_letter(column) for column in range(1, shown.max_column + 1)]
    read = {letter: _of(shown, written, merged.get(f"{letter}{number}", f"{letter}{number}")) for letter in letters}
    return Row(number, {letter: value for letter, value in read.items() if value != EMPTY})


def _of(shown: Worksheet, written: Worksheet, place: str) -> Value:
    cell: ExcelCell = shown[place]
    is_formula = written[place].data_type == "f"
    if cell.data_type == "e" or (is_formula and cell.value is None):
        return Value(str(written[place].value), is_unknown=True)
    return _value(cell, shown)


def _value(cell: ExcelCell, sheet: Worksheet) -> Value:
    value = cell.value
    if isinstance(value, datetime):
        return Value(f"{value.date()}", day=value.date())
    if isinstance(value, date):
        return Value(f"{value}", day=value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Value(f"{value:g}", float(value), _day_of(value, sheet), is_percent="%" in cell.number_format)
    return Value(" ".join(str(value).split())) if value is not None else EMPTY


def _day_of(number: float, sheet: Worksheet) -> date | None:
    """Read a day that Excel keeps as a number of days, where the cell lost its format."""
    try:
        on = from_excel(number, epoch=sheet.parent.epoch)
    except (ValueError, OverflowError):
        return None
    return on.date() if isinstance(on, datetime) else None
