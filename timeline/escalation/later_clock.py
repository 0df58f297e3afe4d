"""Read the ledger as if no clock had been ahead: what a later clock decided explains nothing and silences nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from timeline.answers.responses import Response, answers_now
from timeline.calendar.clock_jumps import is_from_later_clock
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone


def as_of_now(entry: LedgerEntry, *, at: datetime) -> LedgerEntry | None:
    """Give the entry as it counts at `at`, which is now; None when a later clock decided it and nobody was reached.

    What was said cannot be unsaid: it counts as said when the ladder wanted it, or now, whichever is earlier, so that
    the steps after it come as if the clock had been right.
    """
    if entry.accepted_at:
        if not is_from_later_clock(max(entry.accepted_at, entry.written_at), at=at):
            return entry
        said_at = min(entry.rung_at, at)
        return replace(entry, written_at=min(entry.written_at, said_at), accepted_at=min(entry.accepted_at, said_at))
    return None if is_from_later_clock(entry.decided_at, at=at) and not entry.undeliverable else entry


def entries_now(entries: Iterable[LedgerEntry], *, at: datetime) -> tuple[LedgerEntry, ...]:
    """Give the entries that count at `at`, which is now, in their order."""
    counting = (as_of_now(entry, at=at) for entry in entries)
    return tuple(entry for entry in counting if entry)


def all_entries_now(
    entries: Mapping[str, Sequence[LedgerEntry]], *, at: datetime
) -> dict[str, tuple[LedgerEntry, ...]]:
    """Do the same for the entries of several tasks, by reference."""
    return {ref: entries_now(of_task, at=at) for ref, of_task in entries.items()}


def task_now(
    timeline: CouncilTimeline,
    milestone: Milestone,
    entries: Iterable[LedgerEntry] = (),
    responses: Sequence[Response] = (),
    *,
    at: datetime,
) -> TaskContext:
    """Build the task's context at `at`, which is now, from what is stored: pages, answers and mails see this task."""
    said, answered = entries_now(entries, at=at), answers_now(responses, at=at)
    return task_context(timeline, milestone, said, answered, at=at)
