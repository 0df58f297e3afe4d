"""Read a table as councils save it from Excel: its encoding, its separator, and its cells with their lines."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.timeline_files.faults import BadInput, Fault, error
from timeline.calendar.wording import near

MOST_BYTES = 2_000_000
_LONGEST = 500
_SEPARATORS = ",;\t"
# The beginnings of formulas, and of errors of a spreadsheet.
_FORMULA = ("=", "@", "-", "#")


@dataclass(frozen=True)
class Line:
    """Hold a line below the header: `number` as an editor counts, `cells` by column, with empty text for an empty cell.

    The cells of the columns `unfit` are not words, and already have a fault.
    """

    number: int
    cells: Mapping[str, str]
    unfit: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """Hold the contents of a file: its columns in order, its lines, and their faults."""

    file: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def read(file: str, content: bytes, columns: Mapping[str, str]) -> Table:
    """Read a table. `columns` maps the names that a header may use (small, single spaces) to their columns.

    Raises BadInput when nothing can be read at all.
    """
    if len(content) > MOST_BYTES:
        raise BadInput([error(file, "", f"It is larger than {MOST_BYTES // 1_000_000} MB; expected a list of people.")])
    rows = list(_rows(file, _decoded(file, content)))
    if not rows:
        raise BadInput([error(file, "", "It is empty; expected a header and a line for each person.")])
    (number, header), *rest = rows
    named, faults = _header(file, number, header, columns)
    lines = [_line(at, named, cells) for at, cells in rest]
    wide = [
        error(file, f"line {at}", f"It has {len(cells)} cells, the header {len(named)}.")
        for at, cells in rest
        if len(cells) > len(named)
    ]
    unfit = [_fault(file, line.number, column, line.cells[column]) for line in lines for column in sorted(line.unfit)]
    return Table(file, tuple(filter(None, named)), tuple(lines), (*faults, *wide, *unfit))


def _decoded(file: str, content: bytes) -> str:
    """Decode UTF-8, with or without a mark, UTF-16 with a mark, or else the encoding of Excel on Windows."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput([error(file, "", "It is no text; expected CSV as Excel saves it (“CSV UTF-8”).")])


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not empty, each with the number of its last line."""
    if "\0" in text:
        raise BadInput([error(file, "", "It is no text; expected CSV as Excel saves it (“CSV UTF-8”).")])
    told = text.partition("\n")[0].strip().lower()
    first = text.lstrip().partition("\n")[0] if not told.startswith("sep=") else told[len("sep=") :]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            trimmed = [cell.strip() for cell in cells]
            while trimmed and not trimmed[-1]:
                trimmed.pop()
            if trimmed and not (reader.line_num == 1 and told.startswith("sep=")):
                yield reader.line_num, trimmed
    except csv.Error:
        fault = 'A quotation mark is not closed, or stands inside a cell; expected it doubled ("") there.'
        raise BadInput([error(file, f"line {reader.line_num}", fault)]) from None


def _header(file: str, number: int, cells: list[str], columns: Mapping[str, str]) -> tuple[list[str], list[Fault]]:
    """Give the columns in order, empty where a name is unknown, and their faults."""
    named: list[str] = []
    faults = []
    for cell in cells:
        written = " ".join(cell.casefold().replace("_", " ").replace("-", " ").split())
        column = columns.get(written, "")
        if not column:
            text = f"There is no column “{cell}”.{near(written, columns)}" if cell else "A column has no name."
            faults.append(error(file, f"line {number}", text))
        elif column in named:
            faults.append(error(file, f"line {number}", f"The column “{cell}” stands twice."))
            column = ""
        named.append(column)
    return named, faults


def _line(number: int, named: list[str], cells: list[str]) -> Line:
    filled = dict(zip(named, (*cells, *[""] * len(named)), strict=False))
    known = {column: cell for column, cell in filled.items() if column}
    return Line(number, known, frozenset(column for column, cell in known.items() if _why_unfit(column, cell)))


def _fault(file: str, number: int, column: str, cell: str) -> Fault:
    return error(file, f"line {number}, {column}", _why_unfit(column, cell))


def _why_unfit(column: str, cell: str) -> str:
    """Say why a cell cannot be words, whatever its column; empty when it can."""
    if not cell.isprintable():
        return "It holds a line break or a control character; expected plain words."
    if cell.startswith(_FORMULA) or (cell.startswith("+") and column != "phone"):
        return f"Found “{cell[:40]}”, which looks like a formula; expected plain words."
    return f"It is longer than {_LONGEST} letters." if len(cell) > _LONGEST else ""
