"""Read the values in the files: how they are written, how they are read, and a sentence for what cannot be read."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, StringConstraints, WithJsonSchema

from timeline.calendar.working_hours import WorkingHours
from timeline.rules import RuleError, meant_date, read_date

_KEY = r"^[a-z][a-z0-9_-]{0,63}$"
Key = Annotated[str, StringConstraints(pattern=_KEY)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
# What stands in a subject after the day, so it is short; why a date is that date, with the date's place.
Act = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Because = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^([^{}]*\{date\}[^{}]*)?$")]
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = rf"^{_LOCAL}@{_LABEL}(?:\.{_LABEL})+$"
_PLAIN = "expected an address such as officer@council.example"


def expected_address(text: str) -> str:
    """Say what was expected in place of an address that mail servers refuse; empty for an address that they take."""
    if re.fullmatch(_ADDRESS, text) and len(text.partition("@")[0]) <= _LONGEST_LOCAL:
        return ""
    strange = next((letter for letter in text if not " " < letter <= "~"), "")
    if not strange or "@" not in text:
        return _PLAIN
    if strange in _CURLY:
        return f"expected the straight apostrophe ' in place of “{strange}”, which mail servers refuse"
    if strange.isprintable() and strange.strip():
        return f"expected plain letters (a to z) in place of “{strange}”, which mail servers refuse"
    return f"{_PLAIN}, without a space or an invisible letter"


_CURLY = "\u2018\u2019\u201b\u02bc\u00b4"
_LONGEST_LOCAL = 64


def _address(value: Any) -> str:
    if expected := expected_address(str(value)):
        raise ValueError(f"found “{value}”, {expected}")
    return str(value)


Address = Annotated[str, StringConstraints(pattern=_ADDRESS, max_length=254), BeforeValidator(_address)]


_REF = r"^[a-z][a-z0-9_-]{0,63}(/[a-z][a-z0-9_-]{0,63})?$"
DutyOrTask = Annotated[str, StringConstraints(pattern=_REF)]


def is_key(text: str) -> bool:
    """Tell whether a post, a fact, a duty or a file may have this name."""
    return re.fullmatch(_KEY, text) is not None


def _matched(pattern: str, value: Any, example: str) -> re.Match[str]:
    matched = re.fullmatch(pattern, str(value))
    if not matched:
        raise ValueError(f"found “{value}”, expected such as {example}")
    return matched


def _working_days(value: Any) -> Any:
    return int(_matched(r"([1-9]\d?\d?) working days?", value, "“5 working days”")[1])


def _days(value: Any) -> Any:
    return int(_matched(r"([1-9]\d?\d?) days?", value, "“28 days”")[1])


def _months(value: Any) -> Any:
    number, unit = _matched(r"([1-9]\d?) (month|year)s?", value, "“12 months” or “2 years”").groups()
    return int(number) * (12 if unit == "year" else 1)


def _years(value: Any) -> Any:
    return int(_matched(r"([1-9]\d?) years?", value, "“2 years”")[1])


def _day(value: Any) -> date:
    """Read a day, and only a day: pydantic would read a bare number as seconds since 1970."""
    try:
        return value if isinstance(value, date) else read_date(str(value))
    except RuleError:
        meant = meant_date(str(value)).rstrip("?") or ", such as 2019-08-27"
        meant = meant.replace(" Did you mean", ", written")
        raise ValueError(f"found “{value}”, expected a day from 1900 to 2199 that exists{meant}") from None


def _instant(value: Any) -> datetime | date:
    """Read a day, or an instant with its offset, so that each fault gives a single sentence."""
    at = value if isinstance(value, datetime) else _parsed(str(value))
    if at is None:
        return _day(value)
    if at.tzinfo is None:
        raise ValueError(f"found “{value}”, expected an offset too, such as 2019-08-27T09:30+01:00")
    _day(at.date().isoformat())
    return at


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def _day_or_never(value: Any) -> date | str:
    return "never" if value == "never" else _day(value)


def _hours(value: Any) -> WorkingHours:
    return value if isinstance(value, WorkingHours) else WorkingHours.parse(str(value))


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_SHORTEST_DAY = 3


def weekdays(value: Any) -> Any:
    """Read `mon to thu`, `mon tue thu` or a list as sorted numbers from 0 (Monday). Raises ValueError."""
    words = " ".join(str(word) for word in one_or_more(value)).lower().replace(",", " ").split()
    numbers = {number for span in _spans(words) for number in span}
    if not numbers:
        raise ValueError("found no day, expected days of the week such as “mon tue wed” or “mon to thu”")
    return tuple(sorted(numbers))


def _spans(words: list[str]) -> Iterator[range]:
    while words:
        first, last = words[0], words[0]
        if words[1:2] == ["to"] and len(words) > 2:
            last = words[2]
        span = range(_weekday(first), _weekday(last) + 1)
        if not span:
            raise ValueError(f"found “{first} to {last}”, expected the earlier day first")
        yield span
        del words[: 1 if first == last else 3]


def _weekday(word: str) -> int:
    numbers = [number for number, day in enumerate(WEEKDAYS) if len(word) >= _SHORTEST_DAY and day.startswith(word)]
    if not numbers:
        raise ValueError(f"found “{word}”, expected days of the week such as “mon tue wed” or “mon to thu”")
    return numbers[0]


def one_or_more(value: Any) -> Any:
    """Make a list of a single value, which may be written without brackets."""
    return value if isinstance(value, list) else [value]


def _written(description: str, **schema: Any) -> WithJsonSchema:
    """Describe the text in the file for an editor: pydantic would describe the value it is read as."""
    return WithJsonSchema({"type": "string", "description": description, **schema})


_ISO = r"(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_INSTANT = rf"^{_ISO}({_CLOCK}(Z|[+-]([01]\d|2[0-3]):?[0-5]\d))?$"

Day = Annotated[date, BeforeValidator(_day), _written("A day such as 2019-08-27.", format="date", pattern=f"^{_ISO}$")]
Hours = Annotated[
    WorkingHours,
    BeforeValidator(_hours),
    _written("Hours of a day, such as 09:00-17:00.", pattern=r"^\s*\d\d:\d\d\s*[-–]\s*\d\d:\d\d\s*$"),
]
DayOrNever = Annotated[
    date | Literal["never"],
    BeforeValidator(_day_or_never),
    _written("A day such as 2019-08-27, or “never”.", pattern=f"^({_ISO}|never)$"),
]
Instant = Annotated[
    AwareDatetime | date,
    BeforeValidator(_instant),
    _written("A day, or an instant with its offset such as 2019-08-27T09:30+01:00.", pattern=_INSTANT),
]
Weekdays = Annotated[
    tuple[int, ...],
    BeforeValidator(weekdays),
    WithJsonSchema(
        {
            "description": "Days of the week at work, such as “mon to thu” or [mon, tue, wed].",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
        }
    ),
]
Days = Annotated[int, BeforeValidator(_days), _written("Such as “28 days”.", pattern=r"^[1-9]\d?\d? days?$")]
WorkingDays = Annotated[
    int, BeforeValidator(_working_days), _written("Such as “5 working days”.", pattern=r"^[1-9]\d?\d? working days?$")
]
Months = Annotated[
    int, BeforeValidator(_months), _written("Such as “12 months” or “2 years”.", pattern=r"^[1-9]\d? (months?|years?)$")
]
Years = Annotated[int, BeforeValidator(_years), _written("Such as “2 years”.", pattern=r"^[1-9]\d? years?$")]
