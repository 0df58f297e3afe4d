"""List the names of months, days of the week and times of day, in English and Welsh, and the marks of a number."""

import re
from collections.abc import Mapping

_LONG = "january february march april may june july august september october november december"
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
# After some words Welsh changes a first letter: Mai becomes Fai, Tachwedd becomes Dachwedd.
_WELSH = (
    "ionawr",
    "chwefror",
    "mawrth fawrth",
    "ebrill",
    "mai fai",
    "mehefin fehefin",
    "gorffennaf orffennaf ngorffennaf",
    "awst",
    "medi fedi",
    "hydref",
    "tachwedd dachwedd nhachwedd thachwedd",
    "rhagfyr ragfyr",
)
_WEEKDAYS = (
    "monday mon",
    "tuesday tues tue",
    "wednesday weds wed",
    "thursday thurs thur thu",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
_WELSH_WEEKDAYS = ("llun lun", "mawrth fawrth", "mercher fercher", "iau", "gwener wener", "sadwrn", "sul")


def _numbered(names: tuple[str, ...], start: int = 0) -> Mapping[str, int]:
    return {name: number for number, of in enumerate(names, start=start) for name in of.split()}


ENGLISH_MONTHS = {**_numbered(tuple(_LONG.split()), 1), **_numbered(tuple(_SHORT.split()), 1), "sept": 9}
MONTHS = {**ENGLISH_MONTHS, **_numbered(_WELSH, 1)}
WEEKDAYS = _numbered(_WEEKDAYS)
WELSH_WEEKDAYS = _numbered(_WELSH_WEEKDAYS)
"""Their names after "dydd"; Mawrth alone is the month."""
ONLY_WEEKDAYS = {**WEEKDAYS, **{name: day for name, day in WELSH_WEEKDAYS.items() if name not in MONTHS}}
DYDD = frozenset(("dydd", "ddydd", "nos"))
RELATIVE = {"today": 0, "now": 0, "heddiw": 0, "tomorrow": 1, "yfory": 1}
HOURS = {"noon": 12, "midday": 12, "lunchtime": 12}
ORDINAL = "st|nd|rd|th|af|il|ydd|fed|ed|eg|ain"

TOKEN = re.compile(rf"\d+(?:[/.:-]\d+)*(?:(?:{ORDINAL}|am|pm)\b)?|[a-z]+(?:'[a-z]+)*|\n|[^\s\w]")
TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?P<half>am|pm)?")
NUMBER = re.compile(rf"(?P<day>\d{{1,2}})(?P<ordinal>{ORDINAL})?")
NUMERIC = re.compile(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d\d))?")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
