"""What the rules wanted in the ledger by one instant.

Worked out from rules and facts: every ladder is climbed again from its first moment, and no note of when to look again
is believed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from timeline.assurance.evidence import Evidence, LedgerRow
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.corrections import corrections, gone
from timeline.escalation.day import end_of_day, horizon, open_milestones
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import Prompt, PromptKey, PromptState, Said
from timeline.escalation.task_context import Ground, ground
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.planning.plan import plan


@dataclass(frozen=True)
class Wanted:
    """What was planned at an instant, and the prompts that were due by the end of that day and had not been written."""

    occurrences: tuple[Occurrence, ...]
    prompts: Mapping[PromptKey, Prompt]
    tasks: Mapping[str, Milestone]


def wanted(evidence: Evidence, timeline: CouncilTimeline, *, at: datetime, until: datetime | None = None) -> Wanted:
    """What is due by `until` (the end of the day of `at`) on the ground of `at`, and stands in no row of then."""
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    tasks = {task.ref: task for one in planned for task in one.milestones}
    said = _said(evidence, at)
    open_ = [task for one in planned for task in open_milestones(one)]
    due = [*_rungs(evidence, timeline, open_, said, at, until or end_of_day(at))]
    due += _corrections(evidence, timeline, tasks, said, at)
    return Wanted(planned, {one.key: one for one in due}, tasks)


def _rungs(
    evidence: Evidence,
    timeline: CouncilTimeline,
    tasks: list[Milestone],
    said: Mapping[str, list[Said]],
    at: datetime,
    until: datetime,
) -> Iterator[Prompt]:
    for task in tasks:
        frozen = replace(task, ladder=evidence.ladders.get(task.ref, task.ladder))
        decision = decide(_ground(evidence, timeline, frozen, said, at), until=until)
        yield from (*decision.prompts, *decision.superseded)


def _corrections(
    evidence: Evidence,
    timeline: CouncilTimeline,
    tasks: Mapping[str, Milestone],
    said: Mapping[str, list[Said]],
    at: datetime,
) -> Iterator[Prompt]:
    for ref, rows in said.items():
        task = tasks.get(ref) or (gone(evidence.gone[ref]) if ref in evidence.gone else None)
        if task and any(one.accepted_at for one in rows):
            yield from corrections(_ground(evidence, timeline, task, said, at))


def _ground(
    evidence: Evidence, timeline: CouncilTimeline, task: Milestone, said: Mapping[str, list[Said]], at: datetime
) -> Ground:
    return ground(timeline, task, said.get(task.ref, ()), evidence.responses.get(task.ref, ()), at=at)


def _said(evidence: Evidence, at: datetime) -> Mapping[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for row in evidence.rows:
        if row.said.written_at <= at:
            found.setdefault(row.key.milestone, []).append(_as_of(row, at))
    return found


def _as_of(row: LedgerRow, at: datetime) -> Said:
    """What was accepted, refused or given up later was waiting then."""
    later = row.said.accepted_at or row.ended_at
    if later is None or later <= at:
        return row.said
    return replace(row.said, state=PromptState.WAITING, accepted_at=None, undeliverable=False, reason="", paused=False)
