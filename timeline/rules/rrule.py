"""Expand RRULEs (RFC 5545), by the day only and always bounded."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

from timeline.rules.rule import RuleError

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
    _check_numbers(text, known)
    _check_until(known.get("UNTIL"))
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


def recur(rrule: str, from_on: date, until_on: date) -> Iterator[date]:
    """Give the days of an RRULE from `from_on` to `until_on`, both included."""
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    own_until, own_count = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    if own_until:
        until_on = min(until_on, date.fromisoformat(own_until))
    # Always with an end: an RRULE that never matches (30 February) would be searched to the year 9999.
    bounded = ";".join(f"{name}={value}" for name, value in parts.items()) + f";UNTIL={until_on:%Y%m%d}"
    try:
        rule = rrulestr(bounded, dtstart=datetime.combine(from_on, time()))
    except ValueError as fault:
        raise RuleError(f"RRULE “{rrule}” cannot be followed ({fault}), {_EXAMPLE}.") from None
    return (at.date() for at in islice(rule, int(own_count) if own_count else None))
