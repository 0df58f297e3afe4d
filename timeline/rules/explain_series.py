"""Word how the dates of a series follow from its rule, so that each can be looked up on a wall calendar."""

from collections.abc import Iterator, Sequence
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import DAY, months_after
from timeline.calendar.wording import count, long_date
from timeline.calendar.working_days import WorkingCalendar
from timeline.rules import arithmetic
from timeline.rules.explain import day_off, skipped
from timeline.rules.outcome import Element
from timeline.rules.rule import (
    MONTHS,
    AfterHoliday,
    Excepted,
    MonthlyWorkingDay,
    Rolled,
    Rule,
    Termly,
    is_window,
    ordinal,
    plain,
)
from timeline.rules.series import WEEK, after_holiday


def listing(rule: Rule, elements: Sequence[Element], span: tuple[date, date], calendars: Calendars) -> list[str]:
    """Say how many dates of a series lie in the span, and which of them fall on a day off."""
    what = "window" if is_window(rule) else "date"
    span_text = f"between {long_date(span[0])} and {long_date(span[1])}"
    steps = [f"{count(len(elements), what) if elements else f'No {what}'} {span_text}."]
    if isinstance(rule, Rolled):
        way = "next" if rule.forward else "previous"
        steps.append(f"A date that falls on a day off is moved to the {way} working day.")
    steps += _by_its_rule(rule)
    describe = _window if is_window(rule) else _moved
    for each in elements:
        steps += [*why_that_day(rule, each.opens_on, calendars.law), *describe(each, calendars)]
    return steps


def _by_its_rule(rule: Rule) -> Iterator[str]:
    """Say what holds of the whole series: its terms, the days that count, the months left out."""
    bare = rule.rule if isinstance(rule, Rolled) else rule
    if isinstance(bare, Excepted):
        months = " or ".join(MONTHS[month - 1].capitalize() for month in bare.months)
        yield f"No date in {months}: the rule leaves it out."
    match plain(rule):
        case Termly():
            yield (
                "The terms are counted as January to March, April to July and September to December: "
                "school terms differ from council to council, and August belongs to none."
            )
        case MonthlyWorkingDay():
            yield "Working days are counted in the month: no Saturday, no Sunday and no bank holiday."


def why_that_day(rule: Rule, on: date, law: WorkingCalendar) -> list[str]:
    """Say why a date of a series lies where it does, such as "Tuesday 27 August 2019 follows Monday 26 August 2019
    (Summer bank holiday)."; nothing where the rule's words say it, or where an agreement moved the date.
    """
    match rule.rule if isinstance(rule, Excepted) else rule:
        case MonthlyWorkingDay(nth):
            first_on = on.replace(day=1)
            between = (first_on - DAY, on) if nth > 0 else (on, months_after(first_on, 1))
            which = f"The {ordinal(nth)} working day of {MONTHS[on.month - 1].capitalize()} {on.year}"
            return [f"{which} is {long_date(on)}.", *skipped(*between, law)]
        case AfterHoliday(weekday):
            before = law.holidays_between(on - 2 * WEEK, on)
            holidays = [holiday_on for holiday_on, _ in before if after_holiday(holiday_on, weekday, law) == on]
            return [f"{long_date(on)} follows {day_off(holidays[-1], law)}."] if holidays else []
        case _:
            return []


def _window(each: Element, calendars: Calendars) -> list[str]:
    working_on, _ = arithmetic.working_date(each.closes_on, calendars)
    off = working_on is not None and working_on != each.closes_on
    moved = f"; its last working day is {long_date(working_on)}" if off and working_on else ""
    return [f"Window {each.k} runs from {long_date(each.opens_on)} to {long_date(each.closes_on)}{moved}."]


def _moved(each: Element, calendars: Calendars) -> list[str]:
    """Say the working date of a date that falls on a day off; nothing about any other date."""
    working_on, _ = arithmetic.working_date(each.opens_on, calendars)
    if working_on is None or working_on == each.opens_on:
        return []
    name = calendars.office.days_off.get(each.opens_on)
    day = f"{long_date(each.opens_on)} ({name})" if name else long_date(each.opens_on)
    return [f"{day} is no working day; the working date is {long_date(working_on)}."]
