"""Fill the paper for the monthly meeting of the chief executive, the lead member and the director."""

from collections.abc import Iterator

from timeline.boards.lists import AHEAD, coming, escalated, overdue
from timeline.calendar.wording import long_date
from timeline.picture.audience import Audience
from timeline.picture.contents import contents
from timeline.reports.document import Paragraph, Part, Points, Report, Section, Table
from timeline.reports.sections.ending import drafted, missing
from timeline.reports.sections.exceptions import exceptions
from timeline.reports.sections.measures import measures
from timeline.reports.sections.meetings import decided, next_meetings
from timeline.reports.sections.moved import moved_dates
from timeline.reports.sections.risk_matrix import risk_matrix
from timeline.reports.sections.steps import INSTRUCTION, instruction_row
from timeline.reports.situation import Situation

KIND = "accountability"
_MEETING = "accountability-meeting"
_BOARD = "corporate-parenting-board"


def accountability(now: Situation) -> Report:
    """Fill the paper by which the three hold each other to account; escalations are discussed there."""
    council = now.timeline.council
    three = "; ".join(now.post(post) for post in ("chief_executive", council.lead_member, council.director))
    return drafted(
        now,
        kind=KIND,
        meeting="Accountability meeting",
        title=f"{council.programme} of {council.name}: accountability",
        head=(("Report to", three), ("Report from", now.post(council.programme_lead))),
        sections=(
            exceptions(now),
            Section("What was escalated", tuple(_escalated(now))),
            Section("Instructions not complied with yet", tuple(_instructions(now))),
            measures(now),
            risk_matrix(now),
            Section("What comes next", tuple(_coming(now))),
            moved_dates(now),
            decided(now, _MEETING, _BOARD),
            next_meetings(now, _MEETING, _BOARD),
            missing(now),
        ),
    )


def _escalated(now: Situation) -> Iterator[Part]:
    directory, tasks = now.told.timeline.directory, now.told.tasks
    told = tuple(((each.title,), (each.tasks,), (each.posts,), (each.since,)) for each in escalated(tasks, directory))
    late = tuple(f"{each.post}: {each.tasks}, since {each.since}" for each in overdue(tasks, directory, on=now.on))
    if told:
        yield Table("Told to a post above the owner", ("Duty", "Tasks", "Told", "Since"), told, (4, 2, 4, 2))
    else:
        yield Paragraph("Nothing that is still to be done was escalated.")
    if late:
        yield Paragraph("Tasks past their day, by the post that owns them, the oldest first:")
        yield Points(late)


def _instructions(now: Situation) -> Iterator[Part]:
    given = (each for step in now.programme.steps.values() for each in step.instructions)
    rows = tuple(instruction_row(each) for each in given if not each.complied)
    yield Table("Instructions", INSTRUCTION, rows, (2, 5, 5)) if rows else Paragraph("None is recorded.")


def _coming(now: Situation) -> Iterator[Part]:
    shown = contents(now.told, audience=Audience.BOARD, at=now.at)
    until_on = now.timeline.calendars.office.ahead(now.on, AHEAD)
    rows = tuple(
        ((each.days,), (f"{each.title}{' (law or direction)' if each.is_law else ''}",), (each.state.capitalize(),))
        for each in coming(shown, now.told, on=now.on, until_on=until_on)
    )
    words = f"The dates of the next {AHEAD} working days, until {long_date(until_on)}."
    yield Paragraph(words if rows else f"Nothing is due until {long_date(until_on)}.")
    if rows:
        yield Table("What comes next", ("When", "What", "State"), rows, (3, 7, 2))
