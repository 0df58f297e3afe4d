"""Assurance: reckons, says again what is missing, tries the channels, and keeps what it found."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import httpx

from config.settings import Settings
from models.store import Store
from tasks.assurance.probes import try_channels
from tasks.council.run import House
from tasks.processes.wake_notify import wake_notify
from tasks.sending.notices import tell_lead
from timeline.answers.responses import Standing
from timeline.assurance import AssuranceRun, Evidence, Finding, FindingKind, Reckoning, Unowned, reckon, unowned
from timeline.assurance.report import subject, text
from timeline.escalation.day import horizon
from timeline.escalation.ladder import Decision
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan

NOT_JUDGED = "A file was applied since this morning: what was due before it is judged tomorrow."


class Looked(NamedTuple):
    """What an assurance sees without acting."""

    evidence: Evidence
    reckoning: Reckoning
    unowned: tuple[Unowned, ...]


def look(store: Store, settings: Settings, *, at: datetime) -> Looked:
    """Reckons since the last assurance, and looks ahead; changes nothing. Raises StoreError."""
    house = House(store, settings, at)
    evidence = store.evidence(settings.working_hours, at=at)
    since = store.assured_since() or at
    return Looked(evidence, reckon(evidence, since=since, at=at), unowned(evidence, house.reach(), at=at))


def assure(store: Store, settings: Settings, *, at: datetime, machine: Sequence[str] = ()) -> AssuranceRun:
    """One assurance of one council, kept. `machine`: what of Prefect stands still.

    What is missing is written once more, and `notify` asked to send it now; the programme lead is told of what is
    wrong, in one mail a day.
    """
    house = House(store, settings, at)
    found = look(store, settings, at=at)
    reckoning = found.reckoning
    run = AssuranceRun(
        at=at,
        since=reckoning.since,
        duties=reckoning.duties,
        findings=reckoning.findings,
        unowned=found.unowned,
        channels=try_channels(house),
        machine=tuple(machine),
        notes=() if reckoning.judged else (NOT_JUDGED,),
        said_again=say_again(house, found),
    )
    run = _tell(house, run)
    store.keep_assurance(run)
    if run.said_again or run.is_red:
        wake_notify(settings)
    return run


def say_again(house: House, found: Looked) -> int:
    """Has the tasks decided again of which something is missing, and writes it; gives how many prompts are new.

    They leave beside the daily mail, which may have left. Written once, they are in the ledger: the next assurance does
    not write them again.
    """
    store, at, findings = house.store, house.at, [one for one in found.reckoning.findings if one.mends]
    if not findings:
        return 0
    timeline = found.evidence.timeline
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    tasks = {task.ref: task for one in planned for task in one.milestones}
    if any(one.kind is FindingKind.DIFFERS for one in findings):
        store.sync(planned, obligations=frozenset(one.key for one in timeline.obligations), at=at, why="assurance")
        store.put_right([tasks[one.ref] for one in findings if one.ref in tasks], at=at)
    return store.write(list(_decisions(findings, {**found.evidence.gone, **tasks}, at)), at=at)


def _decisions(findings: Collection[Finding], tasks: dict[str, Milestone], at: datetime) -> list[Decision]:
    decided = []
    for ref in sorted({one.ref for one in findings if one.prompt and one.ref in tasks}):
        missing = [one.prompt for one in findings if one.ref == ref and one.prompt]
        said = tuple(replace(one, timed=True) for one in missing if not one.superseded_by)
        older = tuple(one for one in missing if one.superseded_by)
        # The next flow looks at it again: what was not decided here is not slept through.
        decided.append(Decision(tasks[ref], Standing(), said, older, next_rung_at=at))
    return decided


def _tell(house: House, run: AssuranceRun) -> AssuranceRun:
    """The mail of the day, when something is wrong or newly unowned; what it told is kept with the run."""
    last = next(iter(house.store.assurance_runs(1)), None)
    stands = {one.same for one in run.unowned}
    told = [one for one in (last.told if last else ()) if one in stands]
    new = tuple(one for one in run.unowned if one.same not in told)
    page, timeline = f"{house.settings.base_url}/assurance", house.timeline
    wrong = run.is_red or bool(new)
    if wrong and tell_lead(
        house,
        "assurance",
        subject(timeline.council),
        lambda name: text(timeline, run, new, greeting=name, page=page),
        not_by=frozenset(one.name for one in run.dead_channels),
    ):
        told += [one.same for one in new]
    return replace(run, told=tuple(told))


_LIMIT_SECONDS = 10.0


def beat(settings: Settings, *, good: bool) -> str:
    """One GET of DAYMARK_HEARTBEAT_URL, or of the same with /fail after it, as healthchecks.io has it; a sentence of
    what came of it, never the address, and empty where none is set.
    """
    if not settings.heartbeat_url:
        return ""
    url = settings.heartbeat_url if good else f"{settings.heartbeat_url}/fail"
    try:
        answered = httpx.get(url, timeout=_LIMIT_SECONDS, follow_redirects=True)
    except httpx.HTTPError as trouble:
        return f"The heartbeat could not be sent ({type(trouble).__name__})."
    return "The heartbeat was sent." if answered.is_success else f"The heartbeat was refused ({answered.status_code})."
