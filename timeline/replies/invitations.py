"""Read answers to an invitation (iTIP, RFC 5546): the choice of the only attendee in METHOD:REPLY."""

from collections.abc import Callable
from dataclasses import dataclass

from timeline.answers.responses import Answer
from timeline.replies.mail import ParsedMail, text_of

_CHOICES = {
    "ACCEPTED": (Answer.ACKNOWLEDGED, "The invitation was accepted"),
    "DECLINED": (Answer.DECLINED, "The invitation was declined: cannot make this time"),
    "TENTATIVE": (None, "The invitation was accepted tentatively, which is no acknowledgement"),
}
_UNCLEAR = {
    "DELEGATED": "The invitation was passed on to somebody else",
    "": "The calendar reply neither accepts nor declines",
}


@dataclass(frozen=True, kw_only=True)
class CalendarValues:
    """Hold a calendar part as plain values: METHOD in capitals, the only UID of its entries, and what its attendees
    wrote.

    `choices` are the addresses of the attendees, lower case, each with its PARTSTAT in capitals.
    """

    method: str = ""
    uid: str = ""
    choices: frozenset[tuple[str, str]] = frozenset()
    comment: str = ""


ReadsCalendar = Callable[[str], CalendarValues]


@dataclass(frozen=True, kw_only=True)
class _Invitation:
    """Hold the answer. `unclear`: it says something that cannot be recorded, so a person and its sender must look at
    it.
    """

    response: Answer | None
    uid: str
    why: str
    comment: str = ""
    unclear: bool = False


def invitation(mail: ParsedMail, sender: str, calendars: ReadsCalendar) -> _Invitation | None:
    """Read the answer to an invitation; None when the mail carries none."""
    for part in mail.of_type("text/calendar", "application/ics"):
        values = calendars(text_of(part))
        if values.method == "REPLY":
            return _answered(values, sender)
        if values.method == "COUNTER":
            why = "It asks for another time than that of the invitation"
            return _Invitation(response=None, uid=values.uid, why=why, comment=values.comment, unclear=True)
        if part.get_content_type() == "text/calendar" and part.get_content_disposition() != "attachment":
            return _Invitation(response=None, uid="", why="It is an entry for a calendar that answers nothing")
    return None


def _answered(values: CalendarValues, sender: str) -> _Invitation:
    """Accept a single attendee, the sender: a reply that another person forwarded answers for nobody.

    Its sender may have another address in the calendar than in mail, and is asked once more.
    """
    choices = dict(values.choices)
    if not sender or set(choices) != {sender} or len(values.choices) != 1:
        why = "The attendee of the calendar reply is not its sender"
        return _Invitation(response=None, uid=values.uid, why=why, comment=values.comment, unclear=True)
    choice = choices[sender]
    response, why = _CHOICES.get(choice, (None, _UNCLEAR.get(choice, _UNCLEAR[""])))
    return _Invitation(
        response=response, uid=values.uid, why=why, comment=values.comment, unclear=choice not in _CHOICES
    )
