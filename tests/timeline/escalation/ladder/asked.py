"""Ask the ladder about one milestone, due on Thu 28 Nov 2019; `USUAL` in builders.py is its ladder."""

from tests.timeline.builders import COUNCIL, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import Life
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.ladder import Decision, decide
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

OWED = milestone()


def on_the_day(
    when: str,
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
    said: tuple[LedgerEntry, ...] = (),
    responses: tuple[Response, ...] = (),
) -> Decision:
    """Give the decision of one instant, for the rest of its day."""
    task = task_context(timeline, of, said, responses, at=at(when))
    return decide(task, until=at(f"{when.rsplit(' ', 1)[0]} 23:59"))


def lived(
    *responses: Response,
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
    first: str = "Mon 4 Nov 2019",
    last: str = "Tue 31 Dec 2019",
) -> Life:
    return Life(timeline, of, responses).through(day(first), day(last))


def told(life: Life) -> list[str]:
    """Give words such as "Thu 14 Nov first 0 > officer", a line for each prompt."""
    return [f"{at:%a %d %b} {prompt.key.rung} {prompt.key.repeat} > {prompt.key.person}" for at, prompt in life.told]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]
