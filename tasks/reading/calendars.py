"""Read the calendar part of a mail into plain values, by icalendar: names, parameters and values of each line.

Only the lines that an answer to an invitation needs are read. So no time zone and no rule of recurrence of a stranger
is worked out, and a line that the library refuses hides no other.
"""

import re
from collections.abc import Callable, Iterator

from icalendar.parser import Contentline

from timeline.replies.invitations import CalendarValues

_MOST_LINES = 2_000
_LONGEST_LINE = 4_000
_NEEDED = re.compile(r"(?:BEGIN|END|METHOD|UID|ATTENDEE|COMMENT)[;:]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_CHOICE = re.compile(r";\s*PARTSTAT\s*=", re.IGNORECASE)
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)

# The library's own signature has no types.
_content_line: Callable[[str], Contentline] = Contentline
_Property = tuple[str, str, str]


def calendar_values(text: str) -> CalendarValues:
    """Read what a calendar part asks for, of which entries, and the choice of each attendee."""
    methods, uids, choices, comments = set[str](), set[str](), set[tuple[str, str]](), list[str]()
    for within, line in _lines(text):
        name, choice, value = _parts(line)
        if (within, name) == ("VCALENDAR", "METHOD"):
            methods.add(value.upper())
        elif (within, name) == ("VEVENT", "UID"):
            uids.add(value)
        elif (within, name) == ("VEVENT", "ATTENDEE"):
            choices.add((_MAILTO.sub("", value).strip("<> ").lower(), choice))
        elif (within, name) == ("VEVENT", "COMMENT"):
            comments.append(value)
    return CalendarValues(
        method=methods.pop() if len(methods) == 1 else "",
        uid=uids.pop() if len(uids) == 1 else "",
        choices=frozenset(choices),
        comment="\n".join(comments).strip(),
    )


def _lines(text: str) -> Iterator[tuple[str, Contentline]]:
    """Yield each line that is needed, unfolded, with the component around it."""
    inside: list[str] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines()[:_MOST_LINES]:
        if not _NEEDED.match(line) or len(line) > _LONGEST_LINE:
            continue
        name, _, value = line.partition(":")
        if name.upper() == "BEGIN":
            inside.append(value.strip().upper())
        elif name.upper() == "END":
            inside = inside[:-1]
        else:
            yield inside[-1] if inside else "", _content_line(line)


def _parts(line: Contentline) -> _Property:
    """Give the name of a property, the attendee's choice in it, and its value; nothing if the library refuses it."""
    try:
        name, parameters, value = line.parts()
    except ValueError:
        return "", "", ""
    # The library gives the last of two choices; nobody makes two.
    several = len(_CHOICE.findall(_QUOTED.sub("", line))) > 1
    choice = parameters.get("PARTSTAT", "")
    return name.upper(), "" if several or not isinstance(choice, str) else choice.upper(), value.strip()
