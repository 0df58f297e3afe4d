"""Work out the prompts that the rules require in the ledger by an instant.

They are worked out from rules and facts alone: every ladder is climbed again from its first rung time, and no stored
time of the next check is trusted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from timeline.assurance.evidence import Evidence, LedgerRow
from timeline.calendar.london import end_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.corrections import corrections, gone
from timeline.escalation.day import horizon, open_milestones
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import LedgerEntry, Prompt, PromptKey, PromptState
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.planning.plan import plan


@dataclass(frozen=True)
class DuePrompts:
    """Hold the plan at an instant, and the prompts that were due by the end of that day and had not been written."""

    occurrences: tuple[Occurrence, ...]
    prompts: Mapping[PromptKey, Prompt]
    tasks: Mapping[str, Milestone]


def due_prompts(
    evidence: Evidence, timeline: CouncilTimeline, *, at: datetime, until: datetime | None = None
) -> DuePrompts:
    """Work out, as known at `at`, what is due by `until` (default: the end of that day) and had no row then."""
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    tasks = {task.ref: task for occurrence in planned for task in occurrence.milestones}
    entries = _entries(evidence, at)
    open_ = [task for occurrence in planned for task in open_milestones(occurrence) if not evidence.settles(task)]
    due = [*_rungs(evidence, timeline, open_, entries, at, until or end_of_day(at))]
    due += _corrections(evidence, timeline, tasks, entries, at)
    return DuePrompts(planned, {prompt.key: prompt for prompt in due}, tasks)


def _rungs(
    evidence: Evidence,
    timeline: CouncilTimeline,
    tasks: list[Milestone],
    entries: Mapping[str, list[LedgerEntry]],
    at: datetime,
    until: datetime,
) -> Iterator[Prompt]:
    for task in tasks:
        frozen = replace(task, ladder=evidence.ladders.get(task.ref, task.ladder))
        decision = decide(_context(evidence, timeline, frozen, entries, at), until=until)
        yield from (*decision.prompts, *decision.superseded)


def _corrections(
    evidence: Evidence,
    timeline: CouncilTimeline,
    tasks: Mapping[str, Milestone],
    entries: Mapping[str, list[LedgerEntry]],
    at: datetime,
) -> Iterator[Prompt]:
    for ref, rows in entries.items():
        task = tasks.get(ref) or (gone(evidence.gone[ref]) if ref in evidence.gone else None)
        if task and any(entry.accepted_at for entry in rows):
            yield from corrections(_context(evidence, timeline, task, entries, at))


def _context(
    evidence: Evidence,
    timeline: CouncilTimeline,
    task: Milestone,
    entries: Mapping[str, list[LedgerEntry]],
    at: datetime,
) -> TaskContext:
    return task_context(timeline, task, entries.get(task.ref, ()), evidence.responses.get(task.ref, ()), at=at)


def contexts_at(evidence: Evidence, tasks: Iterable[Milestone], *, at: datetime) -> Iterator[TaskContext]:
    """Give the contexts of tasks as they were at `at`, under the ladders that their opening froze."""
    entries = _entries(evidence, at)
    for task in tasks:
        frozen = replace(task, ladder=evidence.ladders.get(task.ref, task.ladder))
        yield _context(evidence, evidence.timeline, frozen, entries, at)


def _entries(evidence: Evidence, at: datetime) -> Mapping[str, list[LedgerEntry]]:
    entries: dict[str, list[LedgerEntry]] = {}
    for row in evidence.rows:
        if row.entry.written_at <= at:
            entries.setdefault(row.key.milestone, []).append(_as_of(row, at))
    return entries


def _as_of(row: LedgerRow, at: datetime) -> LedgerEntry:
    """Give the entry as it was at `at`: if it was accepted, refused or given up later, it was waiting."""
    later = row.entry.accepted_at or row.ended_at
    if later is None or later <= at:
        return row.entry
    return replace(row.entry, state=PromptState.WAITING, accepted_at=None, undeliverable=False, reason="", paused=False)
