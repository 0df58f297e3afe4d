"""Write a table as CSV, for a spreadsheet; no cell becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write a heading and a line for each row."""
    written = io.StringIO()
    printed = csv.writer(written, lineterminator="\n")
    printed.writerow(columns)
    printed.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
