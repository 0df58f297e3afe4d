"""Lay the window of a visit behind a visit that came late: its middle lies a window's length after, about a quarter."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import DAY
from timeline.calendar.wording import long_date
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import Fact, FactBook
from timeline.definitions.refs import occurrence_ref
from timeline.planning import rescheduling as moves
from timeline.planning.due_dates import DutyDate, working_on


def behind_late_visits(
    obligation: Obligation, worked: Iterable[DutyDate], book: FactBook, calendars: Calendars
) -> Iterator[DutyDate]:
    """Give the windows of a series, each as long as its rule makes it.

    1. A window opens where its rule says, but not sooner than half its length after the days of the visit before it:
       nobody could agree the days of the next visit before it is over.
    2. The windows behind a window that was put off follow it without a gap.
    """
    late: Fact | None = None
    earliest: date | None = None
    for duty_date in worked:
        ref = occurrence_ref(obligation.key, duty_date.number)
        if set_by := moves.date_setting_fact(obligation, book, ref):
            late, earliest = set_by, _earliest_behind(duty_date, set_by, earliest)
        elif late and earliest and not moves.cancelled(obligation, book, ref):
            duty_date = _put_off(duty_date, late, earliest, calendars)
            earliest = duty_date.closes_on + DAY if duty_date.closes_on else None
        yield duty_date


def _earliest_behind(duty_date: DutyDate, visit: Fact, earliest: date | None) -> date | None:
    if duty_date.opens_on is None or duty_date.closes_on is None:
        return earliest
    behind = (visit.until or visit.on) + (duty_date.closes_on - duty_date.opens_on) / 2
    return max(filter(None, (earliest, behind)))


def _put_off(duty_date: DutyDate, late: Fact, earliest: date, calendars: Calendars) -> DutyDate:
    if duty_date.opens_on is None or duty_date.closes_on is None or duty_date.opens_on >= earliest:
        return duty_date
    closes_on = earliest + (duty_date.closes_on - duty_date.opens_on)
    by_rule = moves.originally(duty_date.opens_on, duty_date.closes_on, None)
    came = moves.days(late.on, late.until or late.on)
    said = f"By its rule it was {by_rule}. A visit before it came late ({came}): it opens on {long_date(earliest)}."
    return replace(
        duty_date,
        opens_on=earliest,
        closes_on=closes_on,
        legal_on=closes_on,
        working_on=working_on(closes_on, calendars),
        why=(*duty_date.why, said),
        facts=duty_date.facts | {late.name},
    )
