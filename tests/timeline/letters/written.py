"""Give the tests of letters what is told of one task, and the mail that tells it."""

from tests.timeline.builders import COUNCIL, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import Life
from timeline.answers.responses import Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Person
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext, task_context
from timeline.letters.mail_views import MailView
from timeline.letters.reminder import mail_view
from timeline.planning.occurrences import Milestone

Told = tuple[Prompt, TaskContext]
OFFICER = Person(key="officer", name="Officer", address="officer@council.example")


def told(
    when: str,
    *responses: Response,
    person: str = "officer",
    timeline: CouncilTimeline = COUNCIL,
    of: Milestone | None = None,
) -> Told:
    """Tell what a person is told on a day, with the ground on which the mail is written at 08:30."""
    life = Life(timeline, of or milestone(), responses)
    life.through(day("Mon 4 Nov 2019"), day(when))
    (prompt,) = (each for at_, each in life.told if each.key.person.endswith(person) and at_.date() == day(when))
    entries = [entry for entry in life.said if entry.key != prompt.key]
    return prompt, task_context(timeline, life.milestone, entries, responses, at=at(f"{when} 08:30"))


def mail(*one_or_more: Told, replies: bool = False) -> MailView:
    urls = [f"https://daymark.example/r/{n}" for n, _ in enumerate(one_or_more, start=1)]
    return mail_view(one_or_more, OFFICER, urls, ref="a2b3", replies=replies)
