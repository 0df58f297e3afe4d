"""Reckon what should have been said, send again what is missing, try the channels, and keep the findings."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.assurance.chain import look_at_chain
from tasks.assurance.look import Looked, look
from tasks.assurance.probes import try_channels
from tasks.council.quiet import quiet
from tasks.council.run import CouncilRun
from tasks.processes.wake_notify import wake_notify
from tasks.sending.notices import tell_lead
from timeline.answers.responses import TaskStatus
from timeline.assurance import AssuranceRun, Finding, FindingKind
from timeline.assurance.report import subject, text
from timeline.director.law_dates import past_calendar
from timeline.escalation.day import horizon
from timeline.escalation.ladder import Decision
from timeline.planning.endings.council_end import coming_end, ended_because, is_overdue
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan

NOT_JUDGED = "A file was applied since this morning: what was due before it is judged tomorrow."


def assure(store: Store, settings: Settings, *, at: datetime, machine: Sequence[str] = ()) -> AssuranceRun:
    """Run and keep an assurance of a council. `machine` tells which parts of Prefect stand still; a clock that
    jumped is told beside them.

    A missing prompt is written once more, and `notify` asked to send it now; the programme lead is told of what is
    wrong, in a mail a day.
    """
    council_run = CouncilRun(store, settings, at)
    looked, last = look(store, settings, at=at), _last(store, at)
    reckoning = looked.reckoning
    run = AssuranceRun(
        at=at,
        since=reckoning.since,
        duties=reckoning.duties,
        findings=reckoning.findings,
        unowned=looked.unowned,
        channels=try_channels(council_run),
        machine=(*machine, *store.audit.unreported_jumps(), *_past_calendar(store, at), *_not_handed_over(looked, at)),
        notes=tuple(_notes(looked, at)),
        said_again=say_again(council_run, looked),
        chain=look_at_chain(store, last.chain if last else None, at=at),
        proved=reckoning.proved,
    )
    run = _tell(council_run, run, last)
    store.assurance.keep_run(run)
    if run.said_again or run.is_red:
        wake_notify(settings)
    return run


def _notes(looked: Looked, at: datetime) -> Iterator[str]:
    if because := ended_because(looked.evidence.timeline, at=at):
        yield because
    elif not looked.reckoning.judged:
        yield NOT_JUDGED


def _not_handed_over(looked: Looked, at: datetime) -> Iterator[str]:
    """Say that a vesting day has come, and nobody has handed the timeline over."""
    if is_overdue(looked.evidence.timeline, at=at):
        yield coming_end(looked.evidence.timeline, at=at)


def _past_calendar(store: Store, at: datetime) -> Iterator[str]:
    """Name the legal dates that nobody can count: the last tasks of them are asked of nobody."""
    for occurrence in past_calendar(store.plan.occurrences(), at=at):
        yield f"{occurrence.title} ({occurrence.ref}): {' '.join(occurrence.why)}"


def _last(store: Store, at: datetime) -> AssuranceRun | None:
    """Give the assurance before; a run of a later clock says nothing about today."""
    return next((before for before in store.assurance.runs() if before.at <= at), None)


def say_again(council_run: CouncilRun, looked: Looked) -> int:
    """Have the tasks decided again of which a prompt is missing, and write it; give how many prompts are new.

    They leave beside the daily mail, which may have left. Once written they are in the ledger: the next assurance does
    not write them again.
    """
    store, at, findings = (
        council_run.store,
        council_run.at,
        [finding for finding in looked.reckoning.findings if finding.mends],
    )
    if not findings:
        return 0
    timeline = looked.evidence.timeline
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    tasks = {task.ref: task for occurrence in planned for task in occurrence.milestones}
    if any(finding.kind is FindingKind.DIFFERS for finding in findings):
        store.plan.sync(
            planned, obligations=frozenset(duty.key for duty in timeline.obligations), at=at, why="assurance"
        )
        store.assurance.put_right([tasks[finding.ref] for finding in findings if finding.ref in tasks], at=at)
    refused = [finding for finding in findings if finding.kind is FindingKind.UNFOUNDED]
    store.assurance.disbelieve([finding.about for finding in refused if finding.about], at=at)
    return store.ledger.write(list(_decisions(findings, {**looked.evidence.gone, **tasks}, at)), at=at)


def _decisions(findings: Collection[Finding], tasks: dict[str, Milestone], at: datetime) -> list[Decision]:
    decided = []
    for ref in sorted({finding.ref for finding in findings if finding.prompt and finding.ref in tasks}):
        missing = [finding.prompt for finding in findings if finding.ref == ref and finding.prompt]
        said = tuple(replace(prompt, timed=True) for prompt in missing if not prompt.superseded_by)
        older = tuple(prompt for prompt in missing if prompt.superseded_by)
        # The next flow looks at it again, because the ladder was not decided here.
        decided.append(Decision(tasks[ref], TaskStatus(), said, older, next_check_at=at))
    return decided


def _tell(council_run: CouncilRun, run: AssuranceRun, last: AssuranceRun | None) -> AssuranceRun:
    """Write the day's mail if something is wrong or newly unassigned, and keep with the run what it told."""
    stands = {unowned.same for unowned in run.unowned}
    told = [step for step in (last.told if last else ()) if step in stands]
    new = tuple(unowned for unowned in run.unowned if unowned.same not in told)
    page, timeline = f"{council_run.settings.base_url}/assurance", council_run.timeline
    first = quiet(council_run.store, council_run.settings, at=council_run.at).without_embargoed
    wrong = run.is_red or bool(new)
    if wrong and tell_lead(
        council_run,
        "assurance",
        subject(timeline.council),
        lambda name: text(timeline, run, new, greeting=name, page=page, quiet=first),
        not_by=frozenset(channel_seen.name for channel_seen in run.dead_channels),
    ):
        told += [unowned.same for unowned in new]
    return replace(run, told=tuple(told))
