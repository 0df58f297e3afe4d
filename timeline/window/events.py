"""Choose the events of the audit chain that administrators may build on in Prefect, by duty and never by name."""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from timeline.answers.responses import Answer
from timeline.calendar.london import london_date
from timeline.definitions.refs import occurrence_of
from timeline.escalation.prompts import PromptKind


class Happened(NamedTuple):
    """Read an event of the chain, of which only this much is read: never who, never a text."""

    what: str
    ref: str
    at: datetime
    after: str = ""


class Told(NamedTuple):
    """Describe an event for Prefect: its name, its resource, and the occurrence of that, if any."""

    name: str
    resource: str
    occurrence: str


_ANSWERS = {
    Answer.ACKNOWLEDGED.value: "daymark.acknowledged",
    Answer.DONE.value: "daymark.done",
    Answer.HELP.value: "daymark.help-asked",
}
_OTHERS = {
    "moved": "daymark.moved",
    "fact recorded": "daymark.fact-recorded",
    "prompt undeliverable": "daymark.delivery-failed",
    "channel rests": "daymark.channel-down",
}
ESCALATED, OVERDUE = "daymark.escalated", "daymark.overdue"
NAMES = (*_ANSWERS.values(), *_OTHERS.values(), ESCALATED, OVERDUE)


# A first apply writes thousands of events, and news of long ago is none.
MOST = 500


def told_up_to(known: object, end: int) -> int | None:
    """Give the number of the event after which to tell, of a chain that ends at `end`; None when nothing is to be told.

    `known` is the number kept the last time, which somebody may have changed. Of many events the last are told.
    """
    return max(known, end - MOST) if isinstance(known, int) and 0 <= known < end else None


def told(happened: Happened, *, council: str, secret: Collection[str], facts: Collection[str]) -> Told | None:
    """Give the event for Prefect; None for what is no news there.

    `secret` are the occurrences under embargo, `facts` the names of facts in confidence: nothing is told of them.
    """
    name = _ANSWERS.get(happened.what) or _OTHERS.get(happened.what) or _of_prompt(happened)
    if not name or _in_confidence(happened, secret, facts):
        return None
    kind = "channel" if name == "daymark.channel-down" else "task"
    occurrence = occurrence_of(happened.ref) if "/" in happened.ref else ""
    return Told(name, f"daymark.{kind}.{council}.{happened.ref}", occurrence)


def _of_prompt(happened: Happened) -> str:
    """Tell an escalation, and a reminder after the due date, from every other prompt."""
    if happened.what != "prompt written":
        return ""
    prompt = json.loads(happened.after)
    if prompt["kind"] == PromptKind.ESCALATION:
        return ESCALATED
    late = date.fromisoformat(prompt["due_on"]) < london_date(happened.at)
    return OVERDUE if late and prompt["kind"] == PromptKind.REMINDER else ""


def _in_confidence(happened: Happened, secret: Collection[str], facts: Collection[str]) -> bool:
    if occurrence_of(happened.ref) in secret:
        return True
    return happened.what == "fact recorded" and json.loads(happened.after).get("name") in facts
