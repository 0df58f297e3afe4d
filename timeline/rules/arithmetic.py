"""Count from a date. Legal dates are counted on the law's calendar; months clamp to the month's end."""

from datetime import date, timedelta

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import DAY, months_after
from timeline.calendar.wording import count
from timeline.calendar.working_days import BeyondCalendar, WorkingCalendar
from timeline.rules.lexer import FIRST_YEAR, LAST_YEAR
from timeline.rules.rule import Between, By, Clear, Offset, On, RuleError, Unit, Within

Single = Offset | Clear | By | On | Within | Between

EARLIEST, LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def legal_date(rule: Single, anchor_on: date, law: WorkingCalendar) -> date:
    """Give the date of a rule that has a single date or window (then its last day)."""
    match rule:
        case Offset(n, unit, after):
            return move(anchor_on, n if after else -n, unit, law)
        case Clear(n, working):
            return clear_notice(anchor_on, n, law if working else None)
        case Within(n, unit):
            return move(anchor_on, n, unit, law)
        case Between(_, m, unit):
            return move(anchor_on, m, unit, law)
        case By() | On():
            return anchor_on


def opening(rule: Single, anchor_on: date, law: WorkingCalendar) -> date:
    """Give the first day of a window."""
    return move(anchor_on, rule.n, rule.unit, law) if isinstance(rule, Between) else anchor_on


def move(on: date, n: int, unit: Unit, law: WorkingCalendar) -> date:
    """Move a date by n units, back when n is negative; RuleError outside 1900 to 2199."""
    if unit is Unit.WORKING_DAYS:
        return law.add(on, n) if n > 0 else law.subtract(on, -n)
    try:
        moved = moved_by(on, n, unit)
    except (ValueError, OverflowError):
        moved = None
    if moved is None or not EARLIEST <= moved <= LATEST:
        way = f"{count(abs(n), unit)} {'after' if n > 0 else 'before'} {on}"
        raise RuleError(f"{way} lies outside {FIRST_YEAR} to {LAST_YEAR}, expected a smaller number.")
    return moved


def clear_notice(meeting_on: date, n: int, law: WorkingCalendar | None) -> date:
    """Give the last day whose notice leaves n complete days before a meeting (working days when `law` is given).

    Neither the day of the notice nor the day of the meeting counts (R v Swansea CC ex p Elitestone).
    """
    if law is None:
        return move_days(meeting_on, -(n + 1))
    return law.subtract(meeting_on, n) - DAY


def move_days(on: date, days: int) -> date:
    moved = on + timedelta(days=days)
    if not EARLIEST <= moved <= LATEST:
        raise RuleError(f"{count(abs(days), 'day')} from {on} lies outside {FIRST_YEAR} to {LAST_YEAR}.")
    return moved


def working_date(legal_on: date, calendars: Calendars) -> tuple[date | None, str]:
    """Give the last working day of the office on or before a date, or None with the reason."""
    try:
        return calendars.office.roll_back(legal_on), ""
    except BeyondCalendar as beyond:
        return None, f"The working date is not known. {beyond}"


def moved_by(on: date, n: int, unit: Unit) -> date:
    match unit:
        case Unit.DAYS:
            return on + n * DAY
        case Unit.WEEKS:
            return on + timedelta(weeks=n)
        case Unit.MONTHS:
            return months_after(on, n)
        case _:
            return months_after(on, 12 * n)
