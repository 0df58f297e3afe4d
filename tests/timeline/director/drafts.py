"""Give the drafts for the lead member that one council's day makes."""

from dataclasses import replace

from tests.timeline.builders import COUNCIL, milestone
from tests.timeline.literals import at
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

# Due on Thu 28 Nov 2019; two working days before it is Tue 26 Nov.
SUBMITTED = replace(milestone(), completes=True, title="Action plan submitted")
DRAFT = milestone()
NEAR = "Tue 26 Nov 2019 08:25"


def a_task(
    of: Milestone = SUBMITTED, *responses: Response, when: str = NEAR, timeline: CouncilTimeline = COUNCIL
) -> TaskContext:
    return task_context(timeline, of, (), responses, at=at(when))
