"""How each word of a file is written, and what it is read as; one sentence for what cannot be read."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, StringConstraints, WithJsonSchema

from timeline.rules import RuleError, read_date

_KEY = r"^[a-z][a-z0-9_-]{0,63}$"
Key = Annotated[str, StringConstraints(pattern=_KEY)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Address = Annotated[
    str, StringConstraints(pattern=r"^[^\s@<>,;\x00-\x1f]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=254)
]


_REF = r"^[a-z][a-z0-9_-]{0,63}(/[a-z][a-z0-9_-]{0,63})?$"
DutyOrTask = Annotated[str, StringConstraints(pattern=_REF)]


def is_key(text: str) -> bool:
    """Whether a post, a fact, a duty or a file may be called so."""
    return re.fullmatch(_KEY, text) is not None


def _working_days(value: Any) -> Any:
    found = re.fullmatch(r"([1-9]\d?\d?) working days?", str(value))
    if not found:
        raise ValueError(f"found “{value}”, expected such as “5 working days”")
    return int(found[1])


def _days(value: Any) -> Any:
    found = re.fullmatch(r"([1-9]\d?\d?) days?", str(value))
    if not found:
        raise ValueError(f"found “{value}”, expected such as “28 days”")
    return int(found[1])


def _months(value: Any) -> Any:
    found = re.fullmatch(r"([1-9]\d?) (months?|years?)", str(value))
    if not found:
        raise ValueError(f"found “{value}”, expected such as “12 months” or “2 years”")
    return int(found[1]) * (12 if found[2].startswith("year") else 1)


def _years(value: Any) -> Any:
    found = re.fullmatch(r"([1-9]\d?) years?", str(value))
    if not found:
        raise ValueError(f"found “{value}”, expected such as “2 years”")
    return int(found[1])


def _day(value: Any) -> date:
    """Strictly a day: pydantic would read a bare number as seconds since 1970."""
    try:
        return value if isinstance(value, date) else read_date(str(value))
    except RuleError:
        raise ValueError(f"found “{value}”, expected a day from 1900 to 2199 that exists, such as 2019-08-27") from None


def _instant(value: Any) -> datetime | date:
    """A day, or an instant that says its offset, so that one fault gives one sentence."""
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


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_SHORTEST_DAY = 3


def weekdays(value: Any) -> Any:
    """`mon to thu`, `mon tue thu`, or a list of such days; numbers from 0 for Monday, sorted. ValueError."""
    words = " ".join(str(one) for one in one_or_more(value)).lower().replace(",", " ").split()
    found = [number for word in _spans(words) for number in word]
    if not found:
        raise ValueError("found no day, expected days of the week such as “mon tue wed” or “mon to thu”")
    return tuple(sorted(set(found)))


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
    found = [number for number, day in enumerate(WEEKDAYS) if len(word) >= _SHORTEST_DAY and day.startswith(word)]
    if not found:
        raise ValueError(f"found “{word}”, expected days of the week such as “mon tue wed” or “mon to thu”")
    return found[0]


def one_or_more(value: Any) -> Any:
    """A list may be left out round a single word."""
    return value if isinstance(value, list) else [value]


def _written(description: str, **schema: Any) -> WithJsonSchema:
    """How it stands in the file, for an editor: pydantic would tell what it is read as."""
    return WithJsonSchema({"type": "string", "description": description, **schema})


_ISO = r"(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_INSTANT = rf"^{_ISO}({_CLOCK}(Z|[+-]([01]\d|2[0-3]):?[0-5]\d))?$"

Day = Annotated[date, BeforeValidator(_day), _written("A day such as 2019-08-27.", format="date", pattern=f"^{_ISO}$")]
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
