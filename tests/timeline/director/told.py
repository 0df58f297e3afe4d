"""Give the lines of a director's Monday mail about one task."""

from collections.abc import Sequence
from typing import Any

from tests.timeline import occurrences as builders
from tests.timeline.builders import COUNCIL
from tests.timeline.literals import at
from tests.timeline.lives import asked
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass, OccurrenceKind
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Recipient
from timeline.director.monday_schedule import readers
from timeline.director.monday_summary import MondaySituation, Shift, Summary, summary
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone, Occurrence

# Ten working days from it are Mon 2 Dec 2019.
WHEN = "Mon 18 Nov 2019 08:25"
SINCE = "Mon 11 Nov 2019 08:25"


def a_task(of: Milestone, *responses: Response, when: str = WHEN, timeline: CouncilTimeline = COUNCIL) -> TaskContext:
    """Give a task whose owner was asked a week before."""
    return task_context(timeline, of, (asked(of, "Mon 11 Nov 2019 08:30"),), responses, at=at(when))


def told(
    *tasks: TaskContext,
    shifts: Sequence[Shift] = (),
    occurrences: Sequence[Occurrence] = (),
    drafts: int = 0,
    reader: str = "director",
) -> Summary:
    situation = MondaySituation(
        timeline=COUNCIL,
        since_at=at(SINCE),
        tasks=tasks,
        occurrences={occurrence.ref: occurrence for occurrence in occurrences},
        shifts=shifts,
        drafts=drafts,
    )
    return summary(situation, reader=reader, at=at(WHEN))


# Moved and met


def occurrence(ref: str = "plo-panel/2", *, embargoes: tuple[Embargo, ...] = (), ours: bool = True) -> Occurrence:
    panel: dict[str, Any] = {"obligation": "plo-panel", "number": 2, "title": "PLO panel", "duty_class": DutyClass.B}
    return builders.occurrence(ref=ref, kind=OccurrenceKind.MEETING, embargoes=embargoes, ours=ours, **panel)


def reader(timeline: CouncilTimeline, place: int = 0) -> Recipient:
    return readers(timeline, on=at(WHEN).date())[place]
