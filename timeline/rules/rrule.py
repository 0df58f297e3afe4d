"""Expand RRULEs (RFC 5545), by the day only and always bounded."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

from timeline.rules.rule import RuleError

RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_EXAMPLE = "such as “RRULE:FREQ=MONTHLY;BYDAY=2TU from 2019-10-01”"
# The values that each part may hold. Hours, minutes and seconds are missing: a duty is a date. INTERVAL=0 never ends.
_PARTS = {
    "FREQ": "|".join(_FREQUENCIES),
    "INTERVAL": "[1-9][0-9]{0,3}",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "(19|20|21)[0-9]{6}",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": r"([-+]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)",
    "BYMONTH": "[1-9]|1[0-2]",
    "BYMONTHDAY": "-?([1-9]|[12][0-9]|3[01])",
    "BYYEARDAY": "-?([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
    "BYWEEKNO": "-?([1-9]|[1-4][0-9]|5[0-3])",
    "BYSETPOS": "-?([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
}
_LISTS = {part for part in _PARTS if part.startswith("BY")}


def checked_rrule(text: str) -> str:
    """Give the same RRULE when it can be followed; RuleError with a sentence when not."""
    parts = [part.partition("=") for part in text.split(";")]
    for name, _, value in parts:
        _check_part(name, value)
    known = {name: value for name, _, value in parts}
    if len(known) < len(parts):
        raise RuleError(f"RRULE “{text}” says the same thing twice, expected each part once, {_EXAMPLE}.")
    if "FREQ" not in known:
        raise RuleError(f"RRULE “{text}” does not say how often, expected FREQ=, {_EXAMPLE}.")
    if re.search("[0-9]", known.get("BYDAY", "")) and known["FREQ"] in ("DAILY", "WEEKLY"):
        raise RuleError(f"RRULE “{text}” numbers its days, expected that only with MONTHLY or YEARLY, {_EXAMPLE}.")
    if known["FREQ"] == "DAILY" and set(known.get("BYSETPOS", "1").split(",")) - {"1", "-1"}:
        raise RuleError(
            f"RRULE “{text}” picks among the days of a day, expected BYSETPOS with another FREQ, {_EXAMPLE}."
        )
    _check_numbers(text, known)
    _check_until(known.get("UNTIL"))
    if never_comes(text):
        raise RuleError(f"RRULE “{text}” never comes, expected days that a year has, {_EXAMPLE}.")
    return text


def _check_numbers(text: str, known: dict[str, str]) -> None:
    """Refuse a sixth Tuesday of a month or a 54th of a year: dateutil would look for it outside its own tables."""
    most = 53 if known["FREQ"] == "YEARLY" and "BYMONTH" not in known else 5
    numbers = [int(number) for number in re.findall("[0-9]+", known.get("BYDAY", ""))]
    if max(numbers, default=0) > most:
        raise RuleError(f"RRULE “{text}” asks for day {max(numbers)} of its kind, expected at most {most}, {_EXAMPLE}.")


def _check_part(name: str, value: str) -> None:
    shown = "".join(letter if letter.isprintable() else "?" for letter in f"{name}={value}"[:60])
    if name not in _PARTS:
        raise RuleError(f"RRULE part “{shown}” is not understood, expected one of {', '.join(_PARTS)}, {_EXAMPLE}.")
    for each in value.split(",") if name in _LISTS else [value]:
        if not re.fullmatch(_PARTS[name], each):
            raise RuleError(f"RRULE part “{shown}” has a value that {name} cannot hold, {_EXAMPLE}.")


def _check_until(until: str | None) -> None:
    try:
        if until:
            date.fromisoformat(until)
    except ValueError:
        raise RuleError(f"RRULE part “UNTIL={until}” is no day that exists, {_EXAMPLE}.") from None


# The weekdays fall on the same days of the year again after so many years; a day that has not come by then never does.
_ROUND_YEARS = 28
_LEAP_YEAR = date(2000, 1, 1)


def never_comes(rrule: str, from_on: date | None = None) -> bool:
    """Tell whether an RRULE gives no date at all, in a whole round of the calendar.

    Without the day that it counts from, nothing is held against it but days that no year has, such as 30 February.
    """
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    if not _month_has_the_day(parts):
        return True
    if from_on is None:
        parts = {name: value for name, value in parts.items() if name not in ("INTERVAL", "UNTIL", "COUNT")}
    begin_on = from_on or _LEAP_YEAR
    return next(recur(_joined(parts), begin_on, date.max), None) is None


def recur(rrule: str, from_on: date, until_on: date) -> Iterator[date]:
    """Give the days of an RRULE from `from_on` to `until_on`, both included."""
    parts = _by_the_year(dict(part.split("=", 1) for part in rrule.split(";")))
    own_until, own_count = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    if own_until:
        until_on = min(until_on, date.fromisoformat(own_until))
    # Always with an end: an RRULE that never matches would be searched to the year 9999.
    first_by = min(until_on, date(from_on.year + _ROUND_YEARS, 12, 31))
    if next(iter(_followed(parts, from_on, first_by)), None) is None:
        return iter(())
    days = _followed(parts, from_on, until_on)
    return (at.date() for at in islice(days, int(own_count) if own_count else None))


def _month_has_the_day(parts: dict[str, str]) -> bool:
    """Tell whether any of the months has any of the days: no calendar need be searched for 30 February."""
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    return min(days) <= max(monthrange(_LEAP_YEAR.year, month)[1] for month in months)


def _by_the_year(parts: dict[str, str]) -> dict[str, str]:
    """Ask for the same days a year at a time: to look at day after day takes two hundred times as long."""
    if parts["FREQ"] not in ("DAILY", "WEEKLY") or parts.get("INTERVAL", "1") != "1":
        return parts
    # Weeks are not those of a year at its ends; a week without days means the weekday it counts from.
    if parts["FREQ"] == "WEEKLY" and ("BYDAY" not in parts or parts.keys() & {"BYSETPOS", "BYWEEKNO"}):
        return parts
    whole = {name: value for name, value in parts.items() if name != "BYSETPOS"}
    return {**whole, "FREQ": "YEARLY", "BYDAY": parts.get("BYDAY", ",".join(RRULE_DAYS))}


def _followed(parts: dict[str, str], from_on: date, until_on: date) -> Iterable[datetime]:
    bounded = _joined(parts) + f";UNTIL={until_on:%Y%m%d}"
    try:
        return rrulestr(bounded, dtstart=datetime.combine(from_on, time()))
    except ValueError as fault:
        raise RuleError(f"RRULE “{_joined(parts)}” cannot be followed ({fault}), {_EXAMPLE}.") from None


def _joined(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())
