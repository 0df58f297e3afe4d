"""Give Medway's situation as a report tells it, and the words of a report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache

from tests.config.medway import medway
from tests.support.programmes import AT_CABINET, medways
from timeline.answers.responses import Answer, Response
from timeline.calendar.london import end_of_day, london_time, start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.task_context import task_context
from timeline.picture.audience import PlannedWork
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan
from timeline.programme.as_known import as_known
from timeline.programme.programme import Programme
from timeline.reports.cabinet import cabinet
from timeline.reports.document import Figure, Missing, Paragraph, Points, Report, Table, numbered
from timeline.reports.situation import Situation

HEAD = "0f" * 32
LIVE_FROM = date(2019, 8, 27)


def situation(
    programme: Programme,
    *,
    on: date = AT_CABINET,
    stated_since: date | None = None,
    work: PlannedWork | None = None,
    of: CouncilTimeline | None = None,
) -> Situation:
    """Give Medway, or another council, as known at the end of a day."""
    return Situation(
        timeline=of or medway(),
        programme=as_known(programme, on=on),
        on=on,
        at=end_of_day(start_of_day(on)),
        stated_since=stated_since,
        audit_sequence=12,
        audit_head=HEAD,
        work=work,
    )


@cache
def to_cabinet() -> Report:
    """Give the report to Cabinet as at the day of its meeting."""
    return cabinet(situation(medways()))


def words(report: Report) -> str:
    """Give every word of a report, a part on a line."""
    head = (f"{name}: {value}" for name, value in report.head)
    parts = (line for each in numbered(report) for line in _lines(each.part, each.number))
    return "\n".join((report.meeting, report.title, report.status, *head, *parts, report.footer))


def _lines(part: object, number: str) -> Iterator[str]:
    if isinstance(part, str):
        yield f"{number} {part}".strip()
    elif isinstance(part, Paragraph | Missing):
        yield f"{number} {part.text}".strip()
    elif isinstance(part, Points):
        yield from part.items
    elif isinstance(part, Figure):
        yield f"{part.caption}: {part.picture.desc}"
    elif isinstance(part, Table):
        yield part.caption
        yield from part.columns
        yield from (" | ".join("\n".join(cell) for cell in row) for row in part.rows)


def done_on(task: Milestone) -> date | None:
    """Say when a task was done in the story: of eight, one never, one four days late, the others on their day."""
    rest = sum(map(ord, task.ref)) % 8
    return None if rest == 0 or task.due_on is None else task.due_on + timedelta(days=4 if rest == 1 else 0)


@cache
def lived(on: date) -> PlannedWork:
    """Give Medway's plan at the end of a day, with every answer of the story that was given by then."""
    at = end_of_day(start_of_day(on))
    timeline = replace(medway(), council=replace(medway().council, live_from=LIVE_FROM)).as_known(at=at)
    occurrences = plan(timeline, at=at, until=on + timedelta(days=370))
    tasks = (
        task_context(timeline, task, (), _answers(task), at=at)
        for occurrence in occurrences
        for task in occurrence.milestones
    )
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tuple(tasks))


def _answers(task: Milestone) -> tuple[Response, ...]:
    day = done_on(task)
    if day is None or task.due_on is None:
        return ()
    at = london_time(day, time(11))
    return (Response(milestone=task.ref, due_on=task.due_on, person="x", answer=Answer.DONE, at=at, via="link"),)


def table(report: Report, caption: str) -> list[tuple[str, ...]]:
    """Give the rows of a table by its caption, the paragraphs of a cell on a line each."""
    parts = (part for section in report.sections for part in section.parts)
    (given,) = [part for part in parts if isinstance(part, Table) and part.caption == caption]
    return [tuple("\n".join(cell) for cell in row) for row in given.rows]
