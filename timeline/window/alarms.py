"""Word what Prefect's automations tell us: a run that failed, a switch, a channel that rests, a call for help."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from timeline.calendar.wording import date_and_time
from timeline.definitions.council import Council

# The word that Prefect fills in ends in a mail.
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 /_-]{0,79}")


class Alarm(StrEnum):
    """Name what an automation tells; each has an address of its own."""

    FAILED = "failed"
    SWITCHED = "switched"
    CHANNEL_DOWN = "channel-down"
    HELP_ASKED = "help-asked"


class Heard(NamedTuple):
    """Keep what an automation told: about which flow, deployment, channel or task, and which council (empty: all)."""

    about: str
    council: str


def hear(alarm: Alarm, body: Mapping[str, Any]) -> Heard | None:
    """Read the body of a call; None when nobody needs to hear of it."""
    if alarm is Alarm.SWITCHED and not _is_off(body):
        return None
    return Heard(_word(body.get("about")), _word(body.get("council")))


def _is_off(body: Mapping[str, Any]) -> bool:
    """Tell a deployment that was deleted or paused from a saved one: each start saves all of them."""
    if body.get("event") == "prefect.deployment.deleted":
        return True
    said = body.get("updates")
    updates = said.get("updates") if isinstance(said, Mapping) else None
    paused = updates.get("paused") if isinstance(updates, Mapping) else None
    return isinstance(paused, Mapping) and paused.get("to") is True


def _word(text: object) -> str:
    return text if isinstance(text, str) and _WORD.fullmatch(text) else ""


def subject(council: Council, alarm: Alarm) -> str:
    return f"{council.programme}: {_SUBJECTS[alarm]}"


def text(council: Council, alarm: Alarm, about: str, *, greeting: str, at: datetime, page: str) -> str:
    """Write the mail to the programme lead; `about` names a flow, a deployment, a channel or a task."""
    what = _SENTENCES[alarm].format(about=about or "something of ours", at=date_and_time(at))
    parts = [f"Dear {greeting},", what, f"Look at {page}", f"{council.programme}\n{council.name}"]
    return "\n\n".join(parts) + "\n"


_SUBJECTS = {
    Alarm.FAILED: "A run of Daymark failed",
    Alarm.SWITCHED: "Daymark was switched in Prefect",
    Alarm.CHANNEL_DOWN: "A channel does not work",
    Alarm.HELP_ASKED: "Somebody asks for help",
}
_SENTENCES = {
    Alarm.FAILED: (
        "A run of {about} ended with a fault, as Prefect told us on {at}. Nothing is lost: its next run does what this "
        "one did not. If it fails again, show the log of the run to whoever looks after Daymark."
    ),
    Alarm.SWITCHED: (
        "{about} was paused or deleted in Prefect, as it told us on {at}. Until it is switched on again there, it does "
        "not run, and reminders may not leave."
    ),
    Alarm.CHANNEL_DOWN: (
        "The channel {about} does not work, as Daymark noticed by {at}. Messages for it go by the next channel of each "
        "person, if any."
    ),
    Alarm.HELP_ASKED: "Somebody asked for help with {about}, as Prefect told us on {at}. The line manager is told too.",
}
