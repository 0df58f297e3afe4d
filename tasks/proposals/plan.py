"""Propose to take the action plan from a workbook that somebody uploads."""

from datetime import datetime

from config.timeline_files.faults import BadInput, FaultLevel
from tasks.changes import import_plan as importing
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Faulty, Proposal
from timeline.calendar.wording import count
from timeline.forecast.changes import counted

_KNOWN = "This plan is stated already: nothing changes."


def workbook(run: CouncilRun, name: str, content: bytes) -> Proposal:
    """Propose to take the actions of a workbook into the programme. Raises Refused, and Faulty with every fault."""
    store, given = run.store, run.settings
    since = store.programmes.mark()
    try:
        plan, faults = importing.read(store, given, name, content, at=run.at)
    except BadInput as bad:
        raise Faulty(tuple(f"{fault}" for fault in bad.faults)) from None
    if plan is None:
        raise Faulty(tuple(f"{fault}" for fault in faults if fault.level is FaultLevel.ERROR))
    after = importing.planned(store, given, plan, at=run.at)
    changes = importing.changes(store, after)

    def make(who: str, at: datetime) -> Done:
        done = importing.import_plan(store, after, since=since, at=at, who=who, source=name)
        return Done((counted(changes),)) if done else Done((_KNOWN,), already=True)

    return Proposal(
        says=(f"{name}: {count(len(plan.actions), 'action')}.", *plan.sentences),
        changes=changes,
        notes=(*(f"{fault}" for fault in faults), counted(changes)),
        already="" if changes else _KNOWN,
        make=make,
    )
