"""Give the values of a picture as a table: for readers who cannot see it, and for programs."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from timeline.calendar.wording import short_date
from timeline.picture.contents import Contents, Span
from timeline.picture.items import PRESSING, Item


class TableRow(NamedTuple):
    """Hold an item: `days` are its date, its days or its window in words, `was` the date first given if it has
    moved.
    """

    group: str
    duty: str
    ref: str
    title: str
    is_law: bool
    days: str
    on: date | None
    until_on: date | None
    is_window: bool
    was_on: date | None
    was: str
    state: str
    why: str


def table(of: Contents, span: Span | None = None) -> tuple[TableRow, ...]:
    """Give every item in the order of the picture: of the span, pressing ones, and those that wait for a date."""
    return tuple(_rows(of, span))


def _rows(of: Contents, span: Span | None) -> Iterator[TableRow]:
    for row in of.rows:
        for item in row.items:
            if span is None or _belongs(item, span):
                yield TableRow(
                    group=row.group.value,
                    duty=row.title,
                    ref=item.ref,
                    title=item.title,
                    is_law=row.is_law and not item.is_task,
                    days=_days(item),
                    on=item.first_on,
                    until_on=item.last_on,
                    is_window=item.is_window,
                    was_on=item.was_on,
                    was=short_date(item.was_on) if item.was_on else "",
                    state=item.mark.value,
                    why=item.why,
                )


def _belongs(item: Item, span: Span) -> bool:
    if item.first_on is None or item.mark in PRESSING:
        return True
    return item.first_on <= span.to_on and (item.last_on or item.first_on) >= span.from_on


def _days(item: Item) -> str:
    if item.first_on is None:
        return "no date yet"
    if item.last_on is None or item.last_on == item.first_on:
        return short_date(item.first_on)
    days = f"{short_date(item.first_on)} to {short_date(item.last_on)}"
    return f"between {days.replace(' to ', ' and ')}" if item.is_window else days
