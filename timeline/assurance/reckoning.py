"""Compare everything that should have been said since the last assurance with the ledger.

Daymark works out the due prompts from the beginning of every ladder, twice: with the facts of the morning by which
they were to be written, and with today's. A prompt that is due both times and has no row is unexplained.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from timeline.assurance.checks import differences, overdue, stuck
from timeline.assurance.evidence import Evidence, LedgerRow, ProvedDay
from timeline.assurance.mornings import morning_before, mornings_between
from timeline.assurance.proved import proved_day
from timeline.assurance.reasons import to_say_after_all, unfounded
from timeline.assurance.run import Figures, Finding, FindingKind, counted, fell_due
from timeline.assurance.wanted import DuePrompts, due_prompts
from timeline.calendar.london import end_of_day, london_date
from timeline.calendar.wording import long_date
from timeline.definitions.duties import Mark as Counts
from timeline.definitions.facts import under_embargo
from timeline.definitions.refs import duty_of
from timeline.delivery.decide import SUPERSEDED
from timeline.escalation.prompts import SHADOW, Prompt, PromptKey
from timeline.planning.occurrences import Milestone

NEITHER = "It was due and stands in the ledger as neither said nor refused."


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """Hold the figures of what fell due after `since` up to `at`, by duty, and the findings that cannot be explained.

    `judged` is False when this morning's due prompts cannot be known, because a file was applied since. `proved` is the
    day, where it is whole.
    """

    since: datetime
    at: datetime
    duties: Mapping[str, Figures]
    findings: tuple[Finding, ...] = ()
    judged: bool = True
    proved: ProvedDay | None = None

    @property
    def figures(self) -> Figures:
        return sum(self.duties.values(), Figures())


def reckon(evidence: Evidence, *, since: datetime, at: datetime) -> Reckoning:
    """Compare at `at` what fell due after `since` with the ledger; the same evidence always gives the same result."""
    until = end_of_day(morning_before(at))
    now = due_prompts(evidence, evidence.timeline, at=at, until=until)
    others = [*_unsaid(evidence, now, since, at), *overdue(evidence, at=at), *stuck(evidence, at=at)]
    others += _unfounded(evidence, unfounded(evidence, now, since=since, at=at), at, until)
    whole = _with_rows_gone(others, list(_rows_gone(evidence)))
    findings = tuple(replace(finding, restricted=_restricted(evidence, now, finding, at)) for finding in whole)
    judged = evidence.before is not None
    return Reckoning(
        since=since,
        at=at,
        duties=_by_duty(evidence, findings, since, at),
        findings=findings,
        judged=judged,
        proved=proved_day(evidence, now.tasks.values(), at=at) if judged and not findings else None,
    )


def _unsaid(evidence: Evidence, now: DuePrompts, since: datetime, at: datetime) -> Iterator[Finding]:
    """Find what was due this morning and still is, and what was due only on earlier mornings when nothing ran."""
    morning = morning_before(at)
    if evidence.before is None:
        return
    then = due_prompts(evidence, evidence.before, at=morning)
    # A prompt withdrawn for a pause was never said, and may be written again.
    held = {row.key for row in evidence.rows if not row.entry.paused}
    for key, prompt in then.prompts.items():
        if key in now.prompts and key not in held:
            yield _finding(FindingKind.UNSAID, prompt, NEITHER, now.prompts[key])
    for earlier in mornings_between(max(since, evidence.changed_at or since), morning):
        yield from _missed(evidence, due_prompts(evidence, evidence.before, at=earlier), at)
    yield from differences(evidence, then, now, at=at)


def _unfounded(evidence: Evidence, rows: Collection[LedgerRow], at: datetime, until: datetime) -> Iterator[Finding]:
    to_say = to_say_after_all(evidence, rows, at=at, until=until)
    for row in rows:
        why = f"The ledger says “{row.entry.reason or SUPERSEDED}”, and that was not so."
        prompt = to_say.get(row.key)
        yield Finding.about_prompt(row.key, kind=FindingKind.UNFOUNDED, post=row.post, why=why, prompt=prompt)


def _missed(evidence: Evidence, then: DuePrompts, at: datetime) -> Iterator[Finding]:
    """Find prompts that are too late to send, because their date has passed, with nothing later sent to that person."""
    today = london_date(at)
    for key, prompt in then.prompts.items():
        rung = next((rung for rung in then.tasks[key.milestone].ladder.rungs if rung.key == key.rung), None)
        if rung is None or rung.mark is Counts.AFTER_DUE or key.due_on >= today:
            continue
        same = (row for row in evidence.rows if row.key[:2] == key[:2] and row.meant_for == prompt.meant_for)
        if not any(row.entry.rung_at >= prompt.rung_at for row in same):
            why = f"It was due on {long_date(london_date(prompt.send_at))}, and nothing said it in time."
            yield _finding(FindingKind.MISSED, prompt, why, None)


def _finding(kind: FindingKind, prompt: Prompt, why: str, to_say: Prompt | None) -> Finding:
    return Finding.about_prompt(prompt.key, kind=kind, post=prompt.post, why=why, prompt=to_say)


def _rows_gone(evidence: Evidence) -> Iterator[Finding]:
    """Find prompts that were written, by the trail that nobody can change, and that the ledger does not have.

    A missing row is reported only once, until the prompt has been written again.
    """
    rows = {row.key for row in evidence.rows} | evidence.set_aside
    for key, times in evidence.written.items():
        if key not in rows and times > evidence.reported.get(key, 0):
            why, post = "It was written, and its row is no longer in the ledger.", _post_of(evidence, key)
            yield Finding.about_prompt(key, kind=FindingKind.ROW_GONE, post=post, why=why, written=times)


def _post_of(evidence: Evidence, key: PromptKey) -> str:
    person = key.person.removeprefix(SHADOW)
    return next((holder.post for holder in evidence.timeline.directory.holders if holder.person == person), "")


def _with_rows_gone(findings: list[Finding], gone: list[Finding]) -> list[Finding]:
    """Keep a single finding for each prompt: an unsaid prompt whose row is gone is reported as a missing row."""
    to_say = {finding.about: finding.prompt for finding in findings}
    missing = {finding.about for finding in gone}
    others = [finding for finding in findings if finding.about not in missing]
    return [*(replace(finding, prompt=to_say.get(finding.about)) for finding in gone), *others]


def _restricted(evidence: Evidence, now: DuePrompts, finding: Finding, at: datetime) -> bool:
    """Tell whether a finding is under embargo now; the last version counts if it is no longer planned."""
    task: Milestone | None = now.tasks.get(finding.ref) or evidence.gone.get(finding.ref)
    of = next((occurrence for occurrence in now.occurrences if occurrence.ref == finding.ref), None)
    embargoes = (*(task.embargoes if task else ()), *(of.embargoes if of else ()))
    return under_embargo(embargoes, at=at)


def _by_duty(evidence: Evidence, findings: tuple[Finding, ...], since: datetime, at: datetime) -> Mapping[str, Figures]:
    due = fell_due(evidence, since=since, at=at)
    late = {row.key for row in due}
    answers = [response for response in chain.from_iterable(evidence.responses.values()) if since < response.at <= at]
    keys = {duty_of(row.key.milestone) for row in due} | {finding.duty for finding in findings}
    keys |= {duty_of(response.milestone) for response in answers}
    by_duty = {}
    for duty in sorted(keys):
        figures = counted([row for row in due if duty_of(row.key.milestone) == duty], evidence)
        wrong = [finding for finding in findings if finding.duty == duty]
        # A prompt that waits and should have left is already counted, as waiting.
        among = sum(_still_waits(finding) and finding.about in late for finding in wrong)
        # So is a mail that was refused without a reason, as suppressed.
        refused = sum(finding.kind is FindingKind.UNFOUNDED and finding.about in late for finding in wrong)
        figures = replace(
            figures,
            waiting=figures.waiting - among,
            suppressed=figures.suppressed - refused,
            due=figures.due - among - refused,
        )
        answered = sum(duty_of(response.milestone) == duty for response in answers)
        by_duty[duty] = figures + Figures(due=len(wrong), answered=answered, unexplained=len(wrong))
    return by_duty


def _still_waits(finding: Finding) -> bool:
    return finding.kind in (FindingKind.OVERDUE, FindingKind.STUCK)
