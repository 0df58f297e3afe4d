"""Build the start page: what needs somebody now, legal dates, what was due before going live, and the first mails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from timeline.assurance.run import AssuranceRun
from timeline.calendar.london import london_date
from timeline.calendar.wording import date_and_time, days_left, short_date
from timeline.definitions.facts import may_hear
from timeline.director.law_dates import not_met, without_meeting
from timeline.escalation.rag import Rag, agreed
from timeline.escalation.task_context import TaskContext
from timeline.picture.audience import Audience, PlannedWork
from timeline.picture.contents import Contents, contents
from timeline.planning.occurrences import Occurrence
from timeline.steering.go_live import first_mails, past
from timeline.steering.task_lines import Line, task_lines
from timeline.steering.timeline_sheet import ListedTask, listed


class LawDate(NamedTuple):
    """Name a legal date with the reference of its occurrence."""

    ref: str
    title: str
    day: str
    left: str


@dataclass(frozen=True, kw_only=True)
class Today:
    """Hold the start page of a council: `pressing` are tasks that are red, amber, or ask for help, the red first.

    `past` were due before going live and may not have been done; `first_mails` are sentences until a mail has left.
    """

    council: str
    council_name: str
    programme_name: str
    picture: Contents
    pressing: tuple[ListedTask, ...]
    law: tuple[LawDate, ...]
    no_meeting: tuple[str, ...]
    past: tuple[ListedTask, ...]
    open_tasks: int
    first_mails: tuple[str, ...]
    assurance: str
    assurance_is_red: bool
    drafts: int = 0


def today(work: PlannedWork, *, council: str, assurance: AssuranceRun | None, drafts: int = 0, at: datetime) -> Today:
    """Build the page from a council's plan, its last assurance, and how many drafts wait for release."""
    lines, of = tuple(task_lines(work.tasks)), work.timeline.council
    coming = [line for line in lines if line.is_coming]
    pressing = sorted((line for line in coming if line.needs_somebody), key=_by_need)
    return Today(
        council=council,
        council_name=of.name,
        programme_name=of.programme,
        picture=contents(work, audience=Audience.PROGRAMME_TEAM, at=at),
        pressing=tuple(map(listed, pressing)),
        law=_law(work, at),
        no_meeting=tuple(without_meeting(work.tasks, agreed(work.tasks), at=at)),
        past=past(lines),
        open_tasks=sum(line.task.milestone.chased for line in coming),
        first_mails=() if _anything_sent(work.tasks) else tuple(first_mails(work.timeline, at=at)),
        assurance=f"{date_and_time(assurance.at)}: {assurance.figures.sentence}" if assurance else "",
        assurance_is_red=assurance is not None and assurance.is_red,
        drafts=drafts,
    )


def _anything_sent(tasks: Iterable[TaskContext]) -> bool:
    return any(entry.accepted_at for task in tasks for entry in (*task.entries, *task.entries_before))


def _by_need(line: Line) -> tuple[bool, str]:
    """Put the red first, and legal dates before others; they come by date already."""
    return line.rated.rag is not Rag.RED, line.task.milestone.duty_class.value


def _law(work: PlannedWork, at: datetime) -> tuple[LawDate, ...]:
    """Name the legal dates of the next four weeks that the programme team may hear of."""
    posts = Audience.PROGRAMME_TEAM.posts(work.timeline.council)
    dates = not_met(work.timeline, work.occurrences, work.tasks, at=at)
    heard = (occurrence for occurrence in dates if may_hear(posts, occurrence.embargoes, at=at))
    return tuple(_date(work, occurrence, at) for occurrence in heard)


def _date(work: PlannedWork, occurrence: Occurrence, at: datetime) -> LawDate:
    legal_on = occurrence.law_on or london_date(at)
    left = days_left(legal_on, on=london_date(at), calendar=work.timeline.calendars.office)
    return LawDate(occurrence.ref, occurrence.title, short_date(legal_on), left)
