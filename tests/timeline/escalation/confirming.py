"""Give the tests of a second person a task of class A that is done, and what is decided about it."""

from collections.abc import Sequence
from datetime import datetime

from tests.timeline.builders import COUNCIL, answer, milestone
from tests.timeline.literals import at
from timeline.answers.responses import Answer, Response
from timeline.calendar.london import end_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import LedgerEntry, Prompt
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

DONE_AT = "Mon 18 Nov 2019 15:10"
DONE = answer(Answer.DONE, DONE_AT, to_confirm=True)
CONFIRMED = answer(Answer.CONFIRMED, "Wed 20 Nov 2019 10:05", person="team-manager")
SENT_BACK = answer(Answer.RETURNED, "Wed 20 Nov 2019 10:05", person="team-manager", text="The annex is missing.")


def a_task(
    when: str = "Tue 19 Nov 2019 07:30",
    *responses: Response,
    of: Milestone | None = None,
    said: Sequence[LedgerEntry] = (),
    timeline: CouncilTimeline = COUNCIL,
) -> TaskContext:
    return task_context(timeline, of or milestone(), said, responses or (DONE,), at=at(when))


def asked(now: TaskContext) -> list[tuple[str, int, datetime]]:
    prompts = decide(now, until=end_of_day(now.at)).prompts
    return [(prompt.key.person, prompt.key.repeat, prompt.send_at) for prompt in prompts]


def prompt_of(now: TaskContext) -> Prompt:
    (prompt,) = decide(now, until=end_of_day(now.at)).prompts
    return prompt
