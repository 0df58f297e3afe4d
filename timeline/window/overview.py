"""Sum up how a council stands for administrators: its colours, legal dates to come, and what needs somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from timeline.calendar.wording import long_date, short_date
from timeline.picture.contents import Contents
from timeline.picture.items import PRESSING, Item, Mark

LAW_WITHIN = timedelta(weeks=4)
# Prefect draws it all at once; the rest stands on our pages.
_MOST = 25


class OverviewRow(NamedTuple):
    """Show a line of the overview: `day` is in words, `state` the colour's word, `why` its reason."""

    day: str
    duty: str
    title: str
    state: str
    why: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Say how a council stands on a day: numbers by colour, law's dates of four weeks, and what is red or amber.

    `more` counts what needs somebody and is not listed.
    """

    headline: str
    about: str
    counts: tuple[tuple[str, int], ...]
    law: tuple[OverviewRow, ...]
    pressing: tuple[OverviewRow, ...]
    more: int


def overview(of: Contents) -> Overview:
    """Sum up what a picture shows, for the same audience."""
    marks = [item.mark for row in of.rows for item in row.items]
    pressing = [line for mark in PRESSING for line in _pressing(of, mark)]
    return Overview(
        headline=of.headline,
        about=f"{of.council_name}, {long_date(of.on)}",
        counts=tuple((mark.value, marks.count(mark)) for mark in Mark),
        law=tuple(_law(of)),
        pressing=tuple(pressing[:_MOST]),
        more=max(0, len(pressing) - _MOST),
    )


def _pressing(of: Contents, mark: Mark) -> Iterator[OverviewRow]:
    return (_row(row.title, item) for row in of.rows for item in row.items if item.mark is mark)


def _law(of: Contents) -> Iterator[OverviewRow]:
    """List the legal dates of the next four weeks that are not met yet, the earliest first; none once the council has
    ended, for they bind others then.
    """
    if of.ended:
        return
    coming = [
        (item.law_on, row.title, item._replace(on=item.law_on))
        for row in of.rows
        for item in row.items
        if row.is_law and item.law_on and of.on <= item.law_on <= of.on + LAW_WITHIN
    ]
    for _, title, item in sorted(coming, key=lambda each: (each[0], each[2].ref)):
        if item.mark not in (Mark.DONE, Mark.CANCELLED):
            yield _row(title, item)


def _row(duty: str, item: Item) -> OverviewRow:
    day = short_date(item.on) if item.on else "no date yet"
    return OverviewRow(day, duty, item.title, item.mark.value, item.why, item.ref)
