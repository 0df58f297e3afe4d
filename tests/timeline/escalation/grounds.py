"""Give the ground of a decision about one task."""

from tests.timeline.builders import COUNCIL, milestone
from tests.timeline.literals import at
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

FIRST_MORNING = "Thu 14 Nov 2019 07:30"  # ten working days before Thu 28 Nov 2019


def stand(
    when: str = FIRST_MORNING,
    *,
    of: Milestone | None = None,
    timeline: CouncilTimeline = COUNCIL,
    said: tuple[LedgerEntry, ...] = (),
    responses: tuple[Response, ...] = (),
) -> TaskContext:
    return task_context(timeline, of or milestone(), said, responses, at=at(when))
