"""Give a program that reads what a board may know: every record and every task, by post, without small counts."""

from datetime import datetime

from timeline.calendar.wording import few
from timeline.delivery.messages import TokenClaims, TokenKind
from timeline.picture.audience import Audience, PlannedWork, heard
from timeline.programme.programme import Programme
from timeline.programme.sheets.tables import Table, plan_table, tables
from timeline.steering.task_lines import task_lines, task_table

_READER = "reader:"


def reader_claims(name: str) -> TokenClaims:
    """Bind the token of a program to the name that its keepers gave it."""
    return TokenClaims(person=f"{_READER}{name}", message="api", kind=TokenKind.READER)


def reader_tables(work: PlannedWork, programme: Programme | None, *, at: datetime) -> tuple[Table, ...]:
    """Lay out the tasks, and the records where the programme may be told: by post, with counts below 5 in words."""
    told = heard(work, Audience.BOARD, at=at)
    posts = {key: post.title for key, post in told.timeline.directory.posts.items()}
    records = (plan_table(programme, posts), *tables(programme, count=_few)) if programme else ()
    return *records, task_table(task_lines(told.tasks))


def _few(number: int) -> int | str:
    """Put a small count in words: it could tell of single people."""
    return number if few(number) == f"{number}" else few(number)
