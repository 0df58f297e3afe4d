"""Give the tests of the picture what they share: Medway's plan at a moment, with answers where a test gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

from config.load import load
from tests.support.stated import MEDWAY
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.escalation.task_context import task_context
from timeline.picture.audience import Audience, PlannedWork
from timeline.picture.contents import Contents, contents
from timeline.planning.plan import plan

NOTHING: Mapping[str, Answer] = {}


@cache
def medway() -> CouncilTimeline:
    return load(MEDWAY, on=day("Tue 27 Aug 2019"))


def work(moment: str, answers: Mapping[str, Answer] = NOTHING, *, of: CouncilTimeline | None = None) -> PlannedWork:
    """Give Medway's plan at a moment, a year ahead; `answers` gives what was answered about tasks on that morning."""
    timeline, now = of or medway(), at(moment)
    occurrences = plan(timeline, at=now, until=now.date() + timedelta(days=370))
    tasks = [
        task_context(timeline, milestone, (), _responses(milestone.ref, milestone.due_on, answers, now), at=now)
        for occurrence in occurrences
        for milestone in occurrence.milestones
    ]
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tuple(tasks))


def _responses(ref: str, due_on: date | None, answers: Mapping[str, Answer], now: datetime) -> Sequence[Response]:
    if ref not in answers or due_on is None:
        return ()
    said = answers[ref]
    evidence = "minute 4.2" if said is Answer.DONE else ""
    return (Response(milestone=ref, due_on=due_on, person="x", answer=said, at=now, via="link", evidence=evidence),)


def shown(
    moment: str, answers: Mapping[str, Answer] = NOTHING, *facts: Fact, audience: Audience = Audience.PROGRAMME_TEAM
) -> Contents:
    timeline = replace(medway(), facts=(*medway().facts, *facts))
    return contents(work(moment, answers, of=timeline), audience=audience, at=at(moment))
