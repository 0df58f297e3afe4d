"""Answers to an invitation (iTIP, RFC 5546): the choice of the only attendee in METHOD:REPLY."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from timeline.answers.responses import Answer
from timeline.replies.mail import ParsedMail, text_of

_MOST_LINES = 2_000
# Possessive, so that a line of a stranger is read once: a shorter match is never tried.
_LINE = re.compile(r'([\w-]{1,60})(;(?:[^:"]|"[^"]*+")*+)?:(.*)')
_PARAMETER = re.compile(r';([\w-]{1,60})=((?:[^;"]|"[^"]*+")*+)')
_CHOICES = {
    "ACCEPTED": (Answer.ACKNOWLEDGED, "The invitation was accepted"),
    "DECLINED": (Answer.DECLINED, "The invitation was declined: cannot make this time"),
    "TENTATIVE": (None, "The invitation was accepted tentatively, which is no acknowledgement"),
}


@dataclass(frozen=True, kw_only=True)
class _Invitation:
    response: Answer | None
    uid: str
    why: str
    comment: str = ""


def invitation(mail: ParsedMail, sender: str) -> _Invitation | None:
    """Read the answer to an invitation; None when the mail carries none."""
    for part in mail.of_type("text/calendar", "application/ics"):
        properties = list(_properties(text_of(part)))
        if any((within, name) == ("VCALENDAR", "METHOD") and value == "REPLY" for within, name, _, value in properties):
            return _answered(properties, sender)
        if part.get_content_type() == "text/calendar" and part.get_content_disposition() != "attachment":
            return _Invitation(response=None, uid="", why="It is an entry for a calendar that answers nothing")
    return None


_Property = tuple[str, str, str, str]


def _answered(properties: list[_Property], sender: str) -> _Invitation:
    """Accept exactly one attendee, the sender: a reply that another person forwarded answers for nobody."""
    uids = {value for within, name, _, value in properties if (within, name) == ("VEVENT", "UID")}
    chosen = {
        (_address(value), _partstat(given))
        for within, name, given, value in properties
        if (within, name) == ("VEVENT", "ATTENDEE")
    }
    uid = uids.pop() if len(uids) == 1 else ""
    attendees = {address for address, _ in chosen}
    if not sender or attendees != {sender} or len(chosen) != 1:
        return _Invitation(response=None, uid=uid, why="The attendee of the calendar reply is not its sender")
    response, why = _CHOICES.get(chosen.pop()[1], (None, "The calendar reply neither accepts nor declines"))
    return _Invitation(response=response, uid=uid, why=why, comment=_comment(properties))


def _comment(properties: list[_Property]) -> str:
    """Return what the attendee wrote; some programs put it only here."""
    comments = [value for within, name, _, value in properties if (within, name) == ("VEVENT", "COMMENT")]
    return re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], "\n".join(comments)).strip()


def _partstat(parameters: str) -> str:
    """Give the choice among a property's parameters; empty when there is none, or more than one."""
    named = [value for name, value in _PARAMETER.findall(parameters) if name.upper() == "PARTSTAT"]
    return named[0].strip('"').upper() if len(named) == 1 else ""


def _properties(text: str) -> Iterator[_Property]:
    """Yield each property: the component around it, its name, its parameters and its value, lines unfolded."""
    inside: list[str] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines()[:_MOST_LINES]:
        matched = _LINE.match(line)
        if not matched:
            continue
        name, given, value = matched[1].upper(), matched[2] or "", matched[3].strip()
        if name == "BEGIN":
            inside.append(value.upper())
        elif name == "END":
            inside = inside[:-1]
        else:
            yield (inside[-1] if inside else "", name, given, value.upper() if name == "METHOD" else value)


def _address(value: str) -> str:
    return re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE).strip("<> ").lower()
