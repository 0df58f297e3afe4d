"""Make docs/timeline.svg, Medway's timeline as a picture on Thu 21 Nov 2019: `python -m tests.docs.picture_page`.

Nobody knows what Medway's officers answered. Here most of what was due is done, most of what is due soon is in hand,
a few tasks are late and help is asked for a few.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from config.load import load
from config.rendering.picture_svg import svg
from config.settings import ROOT
from tests.support.stated import MEDWAY
from tests.timeline.literals import at, day
from tests.timeline.lives import asked
from timeline.answers.responses import Answer, Response
from timeline.calendar.london import DAY
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.escalation.task_context import TaskContext, task_context
from timeline.picture.audience import Audience, PlannedWork
from timeline.picture.contents import Contents, contents
from timeline.picture.layout import lay_out
from timeline.picture.paper import PAGE
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan

PICTURE = ROOT / "docs/timeline.svg"
NOW = at("Thu 21 Nov 2019 09:00")
_LATE = ("permanence-panel/2/minutes",)
_HELP = ("action-plan/1/decision", "improvement-board/3/agenda")
_SOON, _ASKED = timedelta(days=14), timedelta(days=40)


def page() -> str:
    """Give the picture."""
    return svg(lay_out(as_shown(), PAGE))


def as_shown(now: datetime = NOW) -> Contents:
    """Give what it shows."""
    timeline = _medway()
    occurrences = plan(timeline, at=now, until=now.date() + timedelta(days=370))
    tasks = tuple(_task(timeline, milestone, now) for occurrence in occurrences for milestone in occurrence.milestones)
    work = PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tasks)
    return contents(work, audience=Audience.BOARD, at=now)


def _medway() -> CouncilTimeline:
    timeline = load(MEDWAY, on=day("Tue 27 Aug 2019"))
    known_at = at("Mon 18 Nov 2019 09:00")
    visit = Fact(name="visit_confirmed", on=date(2019, 12, 10), until=date(2019, 12, 11), known_at=known_at)
    panel = Fact(name="moved", on=date(2020, 2, 18), known_at=known_at)
    facts = (replace(visit, occurrence="monitoring-visit/1"), replace(panel, occurrence="plo-panel/6"))
    return replace(timeline, facts=(*timeline.facts, *facts))


def _task(timeline: CouncilTimeline, milestone: Milestone, now: datetime) -> TaskContext:
    said = _said(milestone, now)
    due_on = milestone.due_on
    if due_on is None or due_on > now.date() + _ASKED:
        return task_context(timeline, milestone, at=now)
    entries = (asked(milestone, f"{now - DAY:%a %d %b %Y} 08:30"),)
    if said is None:
        return task_context(timeline, milestone, entries, at=now)
    response = Response(
        milestone=milestone.ref, due_on=due_on, person="x", answer=said, at=now, via="link", evidence="x"
    )
    return task_context(timeline, milestone, entries, (response,), at=now)


def _said(milestone: Milestone, now: datetime) -> Answer | None:
    if milestone.due_on is None or milestone.ref in _LATE or milestone.due_on > now.date() + _SOON:
        return None
    if milestone.ref in _HELP:
        return Answer.HELP
    return Answer.DONE if milestone.due_on < now.date() else Answer.ACKNOWLEDGED


if __name__ == "__main__":
    PICTURE.write_text(page())
