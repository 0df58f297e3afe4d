"""Give the prompts that a morning owes, and why one may not leave."""

from tests.timeline.builders import COUNCIL, answer, milestone
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.messages import Message
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

OWED = milestone()
HELP = answer(Answer.HELP, "Wed 27 Nov 2019 20:00", text="We are two people short.")
MESSAGE = Message(
    key="mail/officer/1",
    channel="mail",
    deliver_to="officer",
    kind="reminder",
    subject="",
    text="",
    html="",
    tokens=(),
    prompts=(1,),
    composed_at=at("Thu 14 Nov 2019 08:30"),
)


def prompts(when: str, of: Milestone = OWED, timeline: CouncilTimeline = COUNCIL) -> list[Prompt]:
    """Tell what a morning writes into the ledger."""
    task = task_context(timeline, of, at=at(when))
    return list(decide(task, until=at(f"{when.rsplit(' ', 1)[0]} 23:59")).prompts)


(REMINDER,) = prompts("Thu 14 Nov 2019 07:30")
(ON_THE_DAY,) = prompts("Thu 28 Nov 2019 07:30")
(OVERDUE,) = prompts("Fri 29 Nov 2019 07:30")
(CLIMBED,) = help_prompt(task_context(COUNCIL, OWED, (), [HELP], at=HELP.at), HELP, repeat=0)
