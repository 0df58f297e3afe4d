"""Read the days that a note states in its words, and the date that each means on the day of the mail."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from timeline.calendar.london import DAY
from timeline.replies.absences import day_words as words

# No other year is meant, and none of these has a next day that Python cannot write.
YEARS = range(1970, 2200)


class StatedDay(NamedTuple):
    """Hold a day as it is written: what is left out is None. `in_days` counts from the day of the mail, `this_week` is
    its Friday, and a month without a day is its end.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    in_days: int | None = None
    ordinal: bool = False
    this_week: bool = False


class Token(NamedTuple):
    """Hold a word, number or mark of a note; `glued` when no space stands before it."""

    text: str
    glued: bool


def tokens(text: str) -> list[Token]:
    """Split a note in small letters; "7-11" before a month is two numbers."""
    parts: list[Token] = []
    end = 0
    for matched in words.TOKEN.finditer(text):
        glued = matched.start() == end
        end = matched.end()
        pieces = _two_days(matched[0])
        parts.extend(Token(piece, glued or bool(place)) for place, piece in enumerate(pieces))
    return parts


def _two_days(text: str) -> list[str]:
    """Split "7-11" and "07/04/25-11/04/25", but not 14-04-2025."""
    first, mark, last = text.partition("-")
    is_two = re.fullmatch(r"\d{1,2}-\d{1,2}|[\d/.]*[/.][\d/.]*-[\d/.]+", text)
    return [first, mark, last] if is_two else [text]


def time_at(given: Sequence[Token], place: int) -> tuple[float, int] | None:
    """Read a time of day; return its hour and the place after it."""
    text = given[place].text
    if text in words.HOURS:
        return words.HOURS[text], place + 1
    matched = words.TIME.fullmatch(text)
    if not matched:
        return None
    half, after = matched["half"], place + 1
    if not half and _text(given, after) in ("am", "pm"):
        half, after = _text(given, after), after + 1
    hour, minute = int(matched["hour"]), int(matched["minute"] or 0)
    if hour > 23 or minute > 59 or not (half or matched["minute"]):
        return None
    return hour % 12 + (12 if half == "pm" else 0) + minute / 60 if half else hour + minute / 60, after


def day_at(given: Sequence[Token], place: int) -> tuple[StatedDay, int] | None:
    """Read a day, with its weekday if it has any; return it and the place after it."""
    if (in_days := words.RELATIVE.get(given[place].text)) is not None:
        return StatedDay(in_days=in_days), place + 1
    weekday, after = _weekday(given, place)
    dated = _dated(given, after if weekday is None else _past(given, after, (",", ".", "the", "y", "yr")))
    if dated is None:
        return None if weekday is None else (StatedDay(weekday=weekday), after)
    day, end = dated
    return day._replace(weekday=weekday), end


def _weekday(given: Sequence[Token], place: int) -> tuple[int | None, int]:
    if given[place].text in words.DYDD and _text(given, place + 1) in words.WELSH_WEEKDAYS:
        return words.WELSH_WEEKDAYS[_text(given, place + 1)], place + 2
    return words.ONLY_WEEKDAYS.get(given[place].text), place + (given[place].text in words.ONLY_WEEKDAYS)


def _dated(given: Sequence[Token], place: int) -> tuple[StatedDay, int] | None:
    text = _text(given, place)
    if numeric := words.ISO.fullmatch(text) or words.NUMERIC.fullmatch(text):
        return _numeric(numeric, place)
    if number := words.NUMBER.fullmatch(text):
        month_at = _past(given, place + 1, ("-", "of", "o"))
        if month := words.MONTHS.get(_text(given, month_at)):
            year, end = year_at(given, month_at + 1)
            return StatedDay(int(number["day"]), month, year), end
        return StatedDay(int(number["day"]), ordinal=bool(number["ordinal"])), place + 1
    if (month := words.ENGLISH_MONTHS.get(text)) and (number := words.NUMBER.fullmatch(_text(given, place + 1))):
        year, end = year_at(given, place + 2)
        return StatedDay(int(number["day"]), month, year), end
    return None


def _numeric(matched: re.Match[str], place: int) -> tuple[StatedDay, int] | None:
    """Read 14/04/2025 and 14/4; "24/7" is no day, and 12.10 is a time."""
    text, year = matched[0], matched["year"]
    could_be_time = "." in text and not year and words.TIME.fullmatch(text)
    if text == "24/7" or could_be_time or (not year and "-" in text):
        return None
    stated_year = int(year) + (2000 if len(year) == 2 else 0) if year else None
    return StatedDay(int(matched["day"]), int(matched["month"]), stated_year), place + 1


def year_at(given: Sequence[Token], place: int) -> tuple[int | None, int]:
    """Read ", 2025", "-25" or "'25"; the number of a next day, as in "7 April-11 April", is no year."""
    at = _past(given, place, (",", ".", "-", "'"))
    text = _text(given, at)
    if re.fullmatch(r"\d{4}", text) and _text(given, place) != "-":
        return int(text), at + 1
    is_short = at > place and given[at - 1].text in "-'" and re.fullmatch(r"\d\d", text) and given[at].glued
    if is_short and _text(given, at + 1) not in words.MONTHS:
        return 2000 + int(text), at + 1
    return None, place


def _past(given: Sequence[Token], place: int, skipped: Sequence[str]) -> int:
    """Step over one of these tokens, or none."""
    return place + (_text(given, place) in skipped)


def _text(given: Sequence[Token], place: int) -> str:
    return given[place].text if place < len(given) else ""


def meant(stated: StatedDay, near: date | None) -> date | None:
    """Return the date that is meant: without a year or a month it is the nearest. None if the weekday does not fit.

    A weekday alone is the next such day. `near` is the day of the mail; without it only a whole date is certain.
    """
    if stated.month and stated.day is None:
        return _end_of_month(stated.month, stated.year, near)
    if stated.year or near is None:
        return next(_fitting(stated, [(stated.year, stated.month)]), None)
    if stated.this_week:
        return near + (4 - near.weekday()) * DAY if near.weekday() <= 4 else None
    if stated.in_days is not None:
        return near + stated.in_days * DAY
    if stated.day is None:
        return near + timedelta(days=((stated.weekday or 0) - near.weekday()) % 7)
    if stated.month:
        nearest = _nearest(_fitting(stated._replace(weekday=None), _years(stated.month, near)), near)
        return nearest if nearest and stated.weekday in (None, nearest.weekday()) else None
    return _nearest(_fitting(stated, _months(near)), near)


def _end_of_month(month: int, year: int | None, near: date | None) -> date | None:
    years = [year] if year else [near.year + years for years in (-1, 0, 1)] if near else []
    ends = (date(each + month // 12, month % 12 + 1, 1) - DAY for each in years if each in YEARS)
    return _nearest(ends, near) if near else next(ends, None)


def _years(month: int, near: date) -> list[tuple[int | None, int | None]]:
    return [(near.year + years, month) for years in (-1, 0, 1)]


def _months(near: date) -> list[tuple[int | None, int | None]]:
    first = near.replace(day=1)
    around = (first - DAY, first, first + timedelta(days=31))
    return [(day.year, day.month) for day in around]


def _fitting(stated: StatedDay, months: Sequence[tuple[int | None, int | None]]) -> Iterator[date]:
    for year, month in months:
        day = day_of(year, month, stated.day)
        if day and stated.weekday in (None, day.weekday()):
            yield day


def _nearest(days: Iterator[date], near: date) -> date | None:
    return min(days, key=lambda day: abs(day - near), default=None)


def day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the date; None where a part is missing or there is no such day."""
    try:
        return date(year, month, day) if year and month and day and year in YEARS else None
    except ValueError:
        return None
