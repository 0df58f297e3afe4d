"""Print a prompt as the line of JSON or text that `rehearse` and `replay` print."""

import json
from datetime import datetime

from timeline.calendar.london import in_london
from timeline.calendar.wording import iso_date, short_date
from timeline.definitions.people import Directory
from timeline.definitions.refs import occurrence_of
from timeline.escalation.prompts import Prompt
from timeline.planning.occurrences import Milestone


def as_json(prompt: Prompt, milestone: Milestone, directory: Directory, *, at: datetime, message: str) -> str:
    """Write the JSON object of the design ("JSON. … `rehearse`, `replay`"): `at` aware, dates ISO, posts by key."""
    person = directory.people[prompt.meant_for]
    return json.dumps(
        {
            "at": in_london(at).isoformat(),
            "kind": prompt.kind.value,
            "obligation": milestone.obligation,
            "occurrence": occurrence_of(milestone.ref),
            "milestone": milestone.ref,
            "rung": prompt.key.rung,
            "legal_on": iso_date(milestone.legal_on),
            "due_on": iso_date(prompt.key.due_on),
            "to": {"post": prompt.post, "name": person.name, "address": person.address},
            "channel": prompt.channels[0],
            "message": message,
            "why": prompt.why,
        },
        ensure_ascii=False,
    )


def as_line(prompt: Prompt, milestone: Milestone, directory: Directory, *, at: datetime) -> str:
    """Write a line of text.

    Example: "Tue 1 Oct 2019 08:30  reminder    Performance lead: List …, due … (plo-panel/2/cases, first-notice)".
    """
    local = in_london(at)
    post = directory.posts[prompt.post].title
    return (
        f"{short_date(local.date())} {local:%H:%M}  {prompt.kind.value:<10}  "
        f"{post}: {milestone.title}, due {short_date(prompt.key.due_on)} ({milestone.ref}, {prompt.key.rung})"
    )
