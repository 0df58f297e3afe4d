"""Guess what the columns of an action plan mean, from the headings that councils give them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.plan_import.workbook import Row, Sheet
from config.timeline_files.faults import BadInput, error

TITLE = "action"
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "ref no", "reference", "no", "number", "id", "action ref", "action no", "action number"),
    TITLE: ("action", "actions", "what we will do", "what", "task", "activity", "action required", "description"),
    "priority": ("priority", "priority area", "theme", "objective", "workstream", "outcome area", "key priority"),
    "owner": (
        *("owner", "lead", "lead officer", "responsible", "responsible officer", "action owner", "who", "by whom"),
        *("accountable", "accountable officer", "responsible lead", "lead post"),
    ),
    "start": ("start", "start date", "starts", "from", "begins", "date started"),
    "due": (
        *("due", "due date", "by when", "deadline", "end date", "target date", "complete by", "completion date"),
        *("timescale", "when", "date due"),
    ),
    "success": (
        *("success", "success measure", "success measures", "success criteria", "measure of success", "outcome"),
        *("impact", "what good looks like", "intended outcome", "how we will know"),
    ),
    "areas": ("area", "areas", "area for improvement", "areas for improvement", "ofsted finding", "recommendation"),
    "cost": ("cost", "costs", "budget"),
    "funding": ("funding", "funded by", "resources", "resource"),
    "progress": ("status", "rag", "rag rating", "brag", "progress", "rag status", "delivery status"),
    "percent": ("%", "percent", "% complete", "percent complete", "percentage", "percentage complete", "complete"),
    "expected": ("expected", "forecast", "forecast date", "revised date", "expected date", "expected on"),
    "completed": ("completed", "completed on", "date completed", "actual date", "actual", "done on"),
    "why": (
        "why",
        "reason",
        "comment",
        "comments",
        "update",
        "latest update",
        "progress update",
        "notes",
        "commentary",
    ),
}
_MEANS = {heading: column for column, headings in _HEADINGS.items() for heading in headings}
_FEWEST = 3
"""So many headings make a row the row of headings; fewer are words in a title."""
_LOOKED_AT = 30


@dataclass(frozen=True)
class Columns:
    """Hold the meaning of the columns: from the letter to the meaning, and to the heading as it is written.

    `row` is the number of the row of headings, `not_taken` the headings that mean nothing here.
    """

    row: int
    meaning: Mapping[str, str]
    headings: Mapping[str, str]
    not_taken: tuple[str, ...] = ()

    def of(self, column: str) -> str:
        """Give the letter of a column; empty where the sheet has none."""
        return next((letter for letter, means in self.meaning.items() if means == column), "")

    def sentences(self) -> Iterator[str]:
        """Say what each column was taken for, a line for each."""
        for letter, means in self.meaning.items():
            yield f"column {letter}, “{self.headings[letter]}”: {means}"
        for heading in self.not_taken:
            yield f"“{heading}” is not taken: nothing here is called so."


def guess(file: str, sheets: Sequence[Sheet]) -> tuple[Sheet, Columns]:
    """Find the sheet with a plan, and the meaning of its columns. Raise BadInput where none has an action column."""
    guessed = [(sheet, columns) for sheet in sheets if (columns := _columns(sheet))]
    if not guessed:
        names = ", ".join(f"“{sheet.name}”" for sheet in sheets) or "it has none"
        text = f"No sheet has the headings of a plan ({names}); expected a row with “Action”, “Owner” and “Due date”."
        raise BadInput([error(file, "", text)])
    return max(guessed, key=lambda pair: len(pair[1].meaning))


def _columns(sheet: Sheet) -> Columns | None:
    rows = [_meaning(row) for row in sheet.rows[:_LOOKED_AT]]
    best = max(rows, key=lambda columns: len(columns.meaning), default=None)
    return best if best and len(best.meaning) >= _FEWEST and best.of(TITLE) else None


def _meaning(row: Row) -> Columns:
    """Read a row as headings; of two with the same meaning the first counts."""
    meaning: dict[str, str] = {}
    not_taken = []
    for letter, value in row.values.items():
        column = _MEANS.get(_plain(value.text), "")
        if column and column not in meaning.values():
            meaning[letter] = column
        else:
            not_taken.append(value.text)
    headings = {letter: value.text for letter, value in row.values.items()}
    return Columns(row.number, meaning, headings, tuple(dict.fromkeys(not_taken)))


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").rstrip("?:.*").split())
