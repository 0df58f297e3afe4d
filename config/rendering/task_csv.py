"""Write tasks as CSV, for a spreadsheet: the values of `daymark list --json`."""

from collections.abc import Iterable

from config.rendering.csv_table import as_csv
from timeline.steering.task_lines import KEYS, Line


def task_csv(lines: Iterable[Line]) -> str:
    """Write a heading and a line for each task."""
    return as_csv(KEYS, (tuple(line.as_object().values()) for line in lines))
