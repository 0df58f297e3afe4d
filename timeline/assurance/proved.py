"""Decide where an assurance begins: after the last day that was proved whole, or at the beginning of everything.

An assurance that explains everything proves its day. Tasks that were over by then, with nothing under way, are settled:
no later day asks for them again, and they are not compared again either. That holds as long as what it was proved from
still stands: the chain goes on from the same event, no prompt or answer is gone, and nothing stated has changed since.
Once a week, with the whole chain, everything is compared from the beginning.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from timeline.assurance.evidence import Evidence, Extent, ProvedDay
from timeline.assurance.wanted import contexts_at
from timeline.calendar.london import london_date
from timeline.definitions.facts import Fact
from timeline.escalation.held import owed
from timeline.escalation.ladder import waits_for_second_person
from timeline.escalation.prompts import PromptState
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone


@dataclass(frozen=True, kw_only=True)
class Since:
    """Hold what the store tells about the time since a day was proved.

    `extent` counts, as the proof did, what there was then and still is. `revised_at` is when somebody last changed what
    the council states.
    """

    extent: Extent
    revised_at: datetime | None
    facts: Collection[Fact] = ()


def still_stands(proved: ProvedDay, since: Since, *, at: datetime) -> bool:
    """Tell whether an assurance may begin there."""
    if proved.at > at or since.extent != proved.extent:
        return False
    # A fact that becomes known at an instant moves dates without anybody's change.
    known = any(proved.at < fact.known_at <= at for fact in since.facts)
    return not known and (since.revised_at is None or since.revised_at <= proved.at)


def proved_day(evidence: Evidence, planned: Collection[Milestone], *, at: datetime) -> ProvedDay | None:
    """Give the day that an assurance at `at` proves when it finds nothing; None where it is not known what was read."""
    if evidence.extent is None:
        return None
    on, said = london_date(at), {row.key.milestone for row in evidence.rows} | set(evidence.responses)
    tasks = [task for task in planned if task.ref in said or _is_past(task, on)]
    looked_at = contexts_at(evidence, [task for task in tasks if not evidence.settles(task)], at=at)
    open_ = {context.milestone.ref for context in looked_at if not _is_settled(context, on)}
    # About a task that the rules have dropped, corrections may still be to come.
    dropped = said - {task.ref for task in planned}
    return ProvedDay(at=at, extent=evidence.extent, open=tuple(sorted(open_ | dropped)))


def _is_past(task: Milestone, on: date) -> bool:
    return task.due_on is not None and task.due_on < on


def _is_settled(context: TaskContext, on: date) -> bool:
    """Tell whether a task is over, and nothing about it is under way or about another date."""
    if not _is_past(context.milestone, on) or owed(context) or waits_for_second_person(context):
        return False
    return not context.entries_before and all(entry.state is not PromptState.WAITING for entry in context.entries)
