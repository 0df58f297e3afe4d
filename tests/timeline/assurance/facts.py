"""Hold literal evidence: one duty with one task, due on Thu 28 Nov 2019, under the builders' usual ladder."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.timeline.builders import council, duty
from tests.timeline.literals import at as instant
from tests.timeline.lives import written as waiting
from timeline.assurance import Evidence, LedgerRow, StoredTask
from timeline.assurance.wanted import due_prompts
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import horizon
from timeline.escalation.prompts import Prompt, PromptState
from timeline.planning.plan import plan

TASK = "action-plan/1/draft"
DUTY = duty("by 2019-11-29")
COUNCIL = council(obligations=[DUTY], live_from="Mon 4 Nov 2019")


def evidence(
    *rows: LedgerRow, timeline: CouncilTimeline = COUNCIL, when: str = "Thu 14 Nov 2019 08:45", **more: Any
) -> Evidence:
    """See that what stands in the database is what the rules give, unless told otherwise."""
    at = instant(when)
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    tasks = [task for occurrence in planned for task in occurrence.milestones]
    usual: dict[str, Any] = {
        "timeline": timeline,
        "before": timeline,
        "rows": rows,
        "stored_tasks": {
            milestone.ref: StoredTask(milestone.due_on, milestone.legal_on, milestone.owner, False)
            for milestone in tasks
        },
        "occurrences": frozenset(occurrence.ref for occurrence in planned),
    }
    return Evidence(**usual | more)


def due(when: str, *rows: LedgerRow, timeline: CouncilTimeline = COUNCIL) -> list[Prompt]:
    """Give what the rules want by then and no row has."""
    at = instant(when)
    return list(due_prompts(evidence(*rows, timeline=timeline, when=when), timeline, at=at).prompts.values())


def row(prompt: Prompt, when: str, *, sent: str = "", **more: Any) -> LedgerRow:
    """Give a prompt as the ledger has it, written at `when`, and accepted at `sent` or waiting."""
    entry = waiting(prompt, instant(when))
    if sent:
        entry = replace(entry, state=PromptState.SENT, accepted_at=instant(sent))
    usual: dict[str, Any] = {
        "entry": entry,
        "post": prompt.post,
        "meant_for": prompt.meant_for,
        "deliver_to": prompt.deliver_to,
        "send_at": prompt.send_at,
        "message": "a message" if sent else "",
    }
    return LedgerRow(**usual | more)


def since(when: str) -> datetime:
    return instant(when)
