"""The days on which an automatic reply says that a person is away. Daymark keeps the dates and no other word of it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from timeline.calendar.london import DAY, london_date

Span = tuple[date | None, date | None]

_ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
)
_WELSH = (
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
)
_MONTHS = {
    name: number
    for names in ((*_ENGLISH, "december"), (*_WELSH, "rhagfyr"))
    for number, name in enumerate(names, start=1)
}
_MONTHS |= {name[:3]: number for number, name in enumerate((*_ENGLISH, "december"), start=1)} | {"sept": 9}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A person who is away longer than this has left, or the year is a slip.
_LONGEST = timedelta(days=550)

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[,.]?\s{0,3})?(?:the\s)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s{1,2}\d{4}\b)?"
_DATE = (
    rf"{_WEEKDAY}(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}(?:[/.](?:\d{{4}}|\d\d)\b)?"
    rf"|{_DAY}\s{{0,2}}(?:of\s)?(?:{_MONTH})\b{_YEAR}|(?:{_MONTH})\s{_DAY}\b{_YEAR})"
)
_CLOCK = r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d\d(?:\s?[ap]m)?)?"
_TO = r"\s{0,2}(?:to|until|till|and|through|tan|-|–|—)\s{0,2}(?:and including\s|including\s)?"
_SPAN = re.compile(
    rf"\b(?:from|between|o)\s(?P<first>{_DATE}|{_WEEKDAY}{_DAY}){_CLOCK}{_TO}(?P<last>{_DATE})", re.IGNORECASE
)
_SHORT_SPAN = re.compile(rf"\b(?P<first>{_DATE}|{_DAY})\s{{0,2}}[-–—]\s{{0,2}}(?P<last>{_DATE})", re.IGNORECASE)
_UNTIL = re.compile(
    rf"\b(?:until|till|up to|through|tan)\s(?:and including\s|including\s|the end of\s)?(?P<last>{_DATE})",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"\b(?:back|return(?:s|ing)?|resum(?:e|ing)|yn ôl)\b[^.\d\n]{{0,40}}?(?P<day>{_DATE})", re.IGNORECASE
)
_AWAY = re.compile(
    r"\b(?:leave|office|away|holiday|absen\w+|unavailable|not working|back|return\w*|until|ôl|tan)\b", re.IGNORECASE
)
_MOST_LETTERS = 4_000


def absence(text: str, written: str) -> Span:
    """Return the first and the last day away, each None where the text does not state it clearly.

    `written` is the mail's Date header: a date without a year is the next such date from then.
    """
    plain = re.sub(r"[ \t\xa0]+", " ", text[:_MOST_LETTERS])
    if not _AWAY.search(plain):
        return None, None
    sent_on = _sent_on(written)
    span = _SPAN.search(plain) or _SHORT_SPAN.search(plain)
    first, last = _span(span, sent_on) if span else (None, _only(_UNTIL, "last", plain, sent_on))
    back = _only(_BACK, "day", plain, sent_on)
    # "Back on" is more exact than "until": some writers mean "until" to include the day of return.
    last = back - DAY if back else last
    if last and sent_on and last - sent_on > _LONGEST:
        return None, None
    return (first if first and last and first <= last else None), last


def _span(span: re.Match[str], sent_on: date | None) -> Span:
    last = _read(span["last"], sent_on)
    first = _begun(span["first"], last) if last else None
    return (first, last) if first and last and first <= last else (None, None)


def _begun(text: str, last: date) -> date | None:
    """Return the first day of a span: "2" means the last day's month, "23 December" the latest year before that day."""
    bare = re.search(r"(\d{1,2})(?:st|nd|rd|th)?$", text.strip(), re.IGNORECASE)
    if bare and not re.search(
        r"[/.-]|[a-z]{3,}\s+\d", re.sub(_WEEKDAY, "", text, count=1, flags=re.IGNORECASE).lower()
    ):
        return _day(last.year, last.month, int(bare[1]))
    return next(
        (day for day in (_read(text, None, year) for year in (last.year, last.year - 1)) if day and day <= last), None
    )


def _only(pattern: re.Pattern[str], name: str, plain: str, sent_on: date | None) -> date | None:
    """Return the only date that the pattern matches; None for two dates, as the other may be a colleague's return."""
    days = {_read(matched[name], sent_on) for matched in pattern.finditer(plain)}
    return days.pop() if len(days) == 1 else None


def _read(text: str, sent_on: date | None, year: int | None = None) -> date | None:
    """Read a date, the day first as in the UK; without a year take the next such date from `sent_on`.

    Return None when the weekday does not fit.
    """
    days = list(_candidates(text.lower(), sent_on, year))
    weekday = next((place for place, name in enumerate(_WEEKDAYS) if text.lower().startswith(name)), None)
    return next((day for day in days[:1] if weekday is None or day.weekday() == weekday), None)


def _candidates(text: str, sent_on: date | None, year: int | None) -> Iterator[date]:
    day, month, stated_year = _numbers(text)
    years = [stated_year] if stated_year else [year] if year else [sent_on.year, sent_on.year + 1] if sent_on else []
    for candidate_year in years:
        candidate = _day(candidate_year, month, day)
        if candidate and (stated_year or year or sent_on is None or candidate >= sent_on):
            yield candidate


def _numbers(text: str) -> tuple[int, int, int | None]:
    """Return day, month, and the year if the text has one; zeros if it is no date."""
    if iso := re.search(r"(\d{4})-(\d\d)-(\d\d)", text):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if plain := re.search(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?", text):
        year = int(plain[3]) if plain[3] else None
        return int(plain[1]), int(plain[2]), year + 2000 if year is not None and year < 100 else year
    month = re.search(rf"(?:^|[^a-zâêîôûŵŷ])({_MONTH})\b", text)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text)
    stated_year = re.search(r"\b(\d{4})\b", text)
    return int(day[1]) if day else 0, _MONTHS[month[1]] if month else 0, int(stated_year[1]) if stated_year else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _sent_on(written: str) -> date | None:
    """Return the day in London on which the mail was written."""
    try:
        at: datetime = parsedate_to_datetime(written)
        return london_date(at) if at.tzinfo else at.date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
