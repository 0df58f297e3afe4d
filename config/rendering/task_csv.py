"""Write tasks as CSV, for a spreadsheet: the values of `daymark list --json`."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from timeline.steering.task_lines import KEYS, Line


def task_csv(lines: Iterable[Line]) -> str:
    """Write a heading and a line for each task."""
    written = io.StringIO()
    printed = csv.DictWriter(written, KEYS, lineterminator="\n")
    printed.writeheader()
    printed.writerows({key: _cell(value) for key, value in line.as_object().items()} for line in lines)
    return written.getvalue()


def _cell(value: Any) -> Any:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
