"""Word the sentences that explain a date, so that a director can follow it on a wall calendar."""

from collections.abc import Sequence
from datetime import date, timedelta

from timeline.calendar.london import DAY
from timeline.calendar.wording import count, long_date
from timeline.calendar.working_days import WorkingCalendar
from timeline.rules import arithmetic
from timeline.rules.arithmetic import Single, move
from timeline.rules.outcome import Anchor
from timeline.rules.rule import Between, By, Clear, Offset, On, Rule, Unit, Within, plain

_SATURDAY, _SUNDAY = 5, 6
_CALENDAR_MONTHS = (Unit.MONTHS, Unit.YEARS)


def source_of(rule: Rule, anchor: Anchor) -> str:
    """Say what a rule counts from: "report_received, Wednesday 21 August 2019 (inferred)", or the date alone."""
    name = plain(rule).anchor
    named = f"{anchor.called or name}, {long_date(anchor.on)}" if isinstance(name, str) else long_date(anchor.on)
    return f"{named} ({anchor.source})" if anchor.source else named


def counting(rule: Single, anchor_on: date, legal_on: date, law: WorkingCalendar) -> list[str]:
    """Say how the legal date follows from the date counted from."""
    match rule:
        case Offset(n, unit, after):
            return _offset(n if after else -n, unit, anchor_on, legal_on, law)
        case Clear(n, working):
            return _clear(n, working, anchor_on, legal_on, law)
        case Within(n, unit):
            return [*_offset(n, unit, anchor_on, legal_on, law), _open(anchor_on, legal_on)]
        case Between(n, m, unit):
            opens_on = arithmetic.opening(rule, anchor_on, law)
            steps = [*_offset(n, unit, anchor_on, opens_on, law), *_offset(m, unit, anchor_on, legal_on, law)]
            return [*steps, _open(opens_on, legal_on)]
        case By():
            return [f"The deadline is {long_date(legal_on)}."]
        case On():
            return [f"The event is on {long_date(legal_on)}."]


def _open(first_on: date, last_on: date) -> str:
    return f"The window runs from {long_date(first_on)} to {long_date(last_on)}, both included."


def working_date(legal_on: date, working_on: date, office: WorkingCalendar) -> str:
    """Say why the working date is the date itself or an earlier day."""
    if working_on == legal_on:
        return "The date is a working day, so the working date is the same."
    return (
        f"The date falls on {day_off(legal_on, office)}; "
        f"the working date is the last working day before it, {long_date(working_on)}."
    )


def day_off(on: date, calendar: WorkingCalendar) -> str:
    """Name a non-working day: "a Sunday", or "Monday 26 August 2019 (Summer bank holiday)"."""
    name = calendar.days_off.get(on)
    return f"{long_date(on)} ({name})" if name else str(calendar.why_off(on))


def skipped(start_on: date, end_on: date, calendar: WorkingCalendar) -> list[str]:
    """Say which days strictly between two dates were not counted: weekends by number, the others by name."""
    weekends, odd_days = _weekends(start_on, end_on)
    named = [(on, f"{long_date(on)} ({name})") for on, name in calendar.holidays_between(start_on, end_on)]
    parts = [count(weekends, "weekend")] if weekends else []
    parts += [text for _, text in sorted([*named, *((on, long_date(on)) for on in odd_days)])]
    return [f"Skipped: {listed(parts)}."] if parts else []


def listed(parts: Sequence[str]) -> str:
    """Join words as "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _offset(n: int, unit: Unit, anchor_on: date, legal_on: date, law: WorkingCalendar) -> list[str]:
    if unit is Unit.WORKING_DAYS:
        return _working_days(n, anchor_on, legal_on, law)
    way = f"{count(abs(n), unit)} {'after' if n > 0 else 'before'} {long_date(anchor_on)}"
    steps = [f"{way} is {long_date(legal_on)}."]
    if unit in _CALENDAR_MONTHS and legal_on.day != anchor_on.day:
        steps.append(f"That month has no day {anchor_on.day}, so its last day stands.")
    return steps


def _working_days(n: int, anchor_on: date, legal_on: date, law: WorkingCalendar) -> list[str]:
    first_on = move(anchor_on, 1 if n > 0 else -1, Unit.WORKING_DAYS, law)
    opening = "Day 1" if n > 0 else "Counting back, day 1"
    steps = [f"{opening} is {long_date(first_on)}"]
    if abs(n) > 1:
        steps[0] += f"; day {abs(n)} is {long_date(legal_on)}"
    steps[0] += "."
    return [*steps, *skipped(min(anchor_on, legal_on), max(anchor_on, legal_on), law)]


def _clear(n: int, working: bool, meeting_on: date, legal_on: date, law: WorkingCalendar) -> list[str]:
    kind = count(n, "clear working day" if working else "clear day")
    first_on = legal_on + DAY
    last_on = law.subtract(meeting_on, 1) if working else meeting_on - DAY
    steps = ["Neither the day of the notice nor the day of the meeting counts."]
    if n == 1:
        steps.append(f"The {kind} is {long_date(first_on)}.")
    else:
        steps.append(f"The {kind} are {long_date(first_on)} to {long_date(last_on)}.")
    if working:
        steps += skipped(legal_on, meeting_on, law)
    return [*steps, f"Notice is given at the latest on {long_date(legal_on)}."]


def _weekends(start_on: date, end_on: date) -> tuple[int, list[date]]:
    """Count the whole weekends strictly between two dates, and give the single days of a cut weekend."""
    first_on, last_on = start_on + DAY, end_on - DAY
    if first_on > last_on:
        return 0, []
    odd = []
    if first_on.weekday() == _SUNDAY:
        odd.append(first_on)
    if last_on.weekday() == _SATURDAY and last_on not in odd:
        odd.append(last_on)
    first_saturday = first_on + timedelta(days=(_SATURDAY - first_on.weekday()) % 7)
    return max(0, ((last_on - first_saturday).days + 6) // 7), odd


def agreed(given_on: date, agreed_on: date, office: WorkingCalendar) -> str:
    """Say why a local agreement moved its own date."""
    way = "next" if agreed_on > given_on else "previous"
    return (
        f"That falls on {day_off(given_on, office)}, and the rule takes the {way} working day, {long_date(agreed_on)}."
    )


def other_reading(rule: Clear, other_on: date) -> str:
    """Say the reading of clear days that is not worked to, and why there are two."""
    kind = count(rule.n, "clear day" if rule.working else "clear working day")
    return f"The law does not say whether weekends count; read as {kind}, the last day is {long_date(other_on)}."
