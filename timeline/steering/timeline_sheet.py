"""Build the page of the timeline: the picture and the list beside it, narrowed down by the same filters."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from timeline.calendar.london import london_date
from timeline.calendar.wording import short_date
from timeline.definitions.refs import occurrence_of
from timeline.picture.audience import Audience, PlannedWork
from timeline.picture.contents import Contents, Row, contents, headline
from timeline.steering.explained import open_submissions
from timeline.steering.list_pages import ListPage, list_page
from timeline.steering.narrowing import Asked, heading, narrowed, shown_of
from timeline.steering.task_lines import Line, task_lines

ON_A_PAGE = 200
"""As many tasks as people still look through, and as a page prints without being slow."""


class ListedTask(NamedTuple):
    """Word a task for a list; `rag` is "red", "amber", "green" or "grey"."""

    ref: str
    title: str
    rag: str
    due: str
    duty: str
    post: str
    state: str
    why: str


@dataclass(frozen=True, kw_only=True)
class TimelineSheet:
    """Hold the page of the timeline; `lines` are all tasks asked for, `shown` those that its list has.

    `sign_off` says what is left of each submission's way through its committee.
    """

    council_name: str
    programme_name: str
    on: date
    heading: str
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    picture: Contents
    sign_off: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        return len(self.lines) - len(self.shown)

    def page(self, typed: str) -> ListPage:
        """Read the number of a page of the list. Raise NotOffered."""
        return list_page(typed, len(self.shown), size=ON_A_PAGE)

    def listed(self, page: ListPage) -> tuple[ListedTask, ...]:
        """Word the tasks that stand on a page."""
        return tuple(map(listed, page.entries(self.shown)))


def timeline_sheet(work: PlannedWork, typed: Asked, *, at: datetime) -> TimelineSheet:
    """Build the page from a council's plan. Raise NotOffered for a filter that the timeline does not know."""
    on, council = london_date(at), work.timeline.council
    asked = narrowed(work.timeline, typed, on=on)
    lines = tuple(task_lines(work.tasks))
    coming = tuple(line for line in lines if asked.lets_in(line))
    shown = tuple(shown_of(coming, asked, on))
    picture = contents(work, audience=Audience.PROGRAMME_TEAM, at=at)
    if any(typed._replace(all_=False)):
        picture = narrowed_picture(picture, {line.ref for line in lines if asked.is_about(line)})
    occurrences = {occurrence.ref: occurrence for occurrence in work.occurrences}
    return TimelineSheet(
        council_name=council.name,
        programme_name=council.programme,
        on=on,
        heading=heading(shown, asked, on),
        lines=coming,
        shown=shown,
        picture=picture,
        sign_off=tuple(open_submissions(occurrences, coming)),
    )


def listed(line: Line) -> ListedTask:
    """Word a task for a list."""
    milestone = line.task.milestone
    return ListedTask(
        ref=milestone.ref,
        title=milestone.title,
        rag=line.rated.rag.value,
        due=short_date(milestone.due_on) if milestone.due_on else "no date yet",
        duty=milestone.duty,
        post=line.post_title,
        state=line.state,
        why=line.rated.why,
    )


def narrowed_picture(of: Contents, refs: Collection[str]) -> Contents:
    """Leave in a picture these tasks, and the occurrences to which they belong."""
    theirs = {occurrence_of(ref) for ref in refs}
    rows = tuple(_rows(of.rows, {*refs, *theirs}))
    return replace(of, rows=rows, headline=of.ended or headline(rows, of.on))


def _rows(rows: Sequence[Row], refs: Collection[str]) -> Iterator[Row]:
    for row in rows:
        items = tuple(item for item in row.items if item.ref in refs)
        if items:
            yield row._replace(items=items)
