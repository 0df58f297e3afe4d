"""Show what boards and panels decided, the actions that arise and are still to be done, and the next meetings."""

from collections.abc import Iterator
from datetime import date

from timeline.calendar.london import months_after
from timeline.escalation.held import owed
from timeline.reports.document import Paragraph, Part, Points, Section, Table
from timeline.reports.sections.progress import when
from timeline.reports.situation import Situation, plain_date


def decided(now: Situation, *duties: str) -> Section:
    """Show the decisions of the last month, and the tasks of meetings held that are still to be done."""
    parts = (*_decisions(now, duties), *_arising(now, duties))
    return Section("Decisions and actions arising", parts or (Paragraph("None is recorded."),))


def _decisions(now: Situation, duties: tuple[str, ...]) -> Iterator[Part]:
    since = months_after(now.on, -1)
    for body in now.programme.bodies.values():
        for meeting in body.meetings:
            if meeting.on > since and meeting.decisions and (not duties or body.duty in duties):
                yield Paragraph(f"{body.title}, {plain_date(meeting.on)}:")
                yield Points(meeting.decisions)


def _arising(now: Situation, duties: tuple[str, ...]) -> Iterator[Part]:
    """List the tasks that follow a meeting which was held, such as its minutes and the chasing of its actions."""
    asked = duties or bodies(now)
    held = {each.ref: each.ends_on for each in now.told.occurrences if each.obligation in asked and each.ends_on}
    rows = tuple(
        ((task.milestone.title,), (now.post(task.milestone.owner),), (plain_date(due_on),))
        for task in now.told.tasks
        if (due_on := task.milestone.due_on) and owed(task) and _follows(task.milestone.ref, due_on, held, now.on)
    )
    if rows:
        yield Table("Actions arising", ("What follows a meeting", "Owner", "Due"), rows, (6, 3, 3))


def _follows(ref: str, due_on: date, held: dict[str, date], on: date) -> bool:
    meeting_on = held.get(ref.rpartition("/")[0])
    return meeting_on is not None and meeting_on <= on and due_on >= meeting_on


def bodies(now: Situation) -> tuple[str, ...]:
    """Give the duties whose dates are the meetings of the boards and panels on record."""
    return tuple(dict.fromkeys(body.duty for body in now.programme.bodies.values() if body.duty))


def next_meetings(now: Situation, *duties: str) -> Section:
    """Show the next meeting of each of these duties, else of each board and panel."""
    asked = duties or bodies(now)
    first = {each.obligation: each for each in reversed(now.next_year(*asked))}
    rows = tuple(((first[duty].title,), (when(first[duty]),)) for duty in asked if duty in first)
    table = Table("Next meetings", ("Meeting", "When"), rows)
    return Section("Next meetings", (table if rows else Paragraph("None is planned."),))
