"""The reckoning: everything that should have been said since the last assurance, compared with the ledger.

What the rules want is worked out from the beginning of every ladder, twice: on the ground of the morning by which it
was to be written, and on that of now. What both want and no row has is unexplained.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from timeline.assurance.checks import differences, overdue, stuck
from timeline.assurance.evidence import Evidence
from timeline.assurance.mornings import morning_before, mornings_between
from timeline.assurance.run import Figures, Finding, FindingKind, counted, fell_due
from timeline.assurance.wanted import DuePrompts, due_prompts
from timeline.calendar.london import end_of_day, london_date
from timeline.calendar.wording import long_date
from timeline.definitions.duties import Mark as Counts
from timeline.definitions.facts import under_embargo
from timeline.definitions.refs import duty_of
from timeline.escalation.prompts import SHADOW, Prompt, PromptKey
from timeline.planning.occurrences import Milestone

NEITHER = "It was due and stands in the ledger as neither said nor refused."


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What fell due after `since` up to `at`, by duty and in all, and what cannot be explained.

    `judged` is False when what the rules wanted this morning cannot be known: a file was applied since.
    """

    since: datetime
    at: datetime
    duties: Mapping[str, Figures]
    findings: tuple[Finding, ...] = ()
    judged: bool = True

    @property
    def figures(self) -> Figures:
        return sum(self.duties.values(), Figures())


def reckon(evidence: Evidence, *, since: datetime, at: datetime) -> Reckoning:
    """The reckoning at `at` of what fell due after `since`; pure, and again the same on the same evidence."""
    now = due_prompts(evidence, evidence.timeline, at=at, until=end_of_day(morning_before(at)))
    found = [*_unsaid(evidence, now, since, at), *overdue(evidence, at=at), *stuck(evidence, at=at)]
    whole = _with_rows_gone(found, list(_rows_gone(evidence)))
    findings = tuple(replace(finding, restricted=_restricted(evidence, now, finding, at)) for finding in whole)
    return Reckoning(
        since=since,
        at=at,
        duties=_by_duty(evidence, findings, since, at),
        findings=findings,
        judged=evidence.before is not None,
    )


def _unsaid(evidence: Evidence, now: DuePrompts, since: datetime, at: datetime) -> Iterator[Finding]:
    """What this morning wanted, and now still does; and what only mornings wanted on which nothing ran."""
    morning = morning_before(at)
    if evidence.before is None:
        return
    then = due_prompts(evidence, evidence.before, at=morning)
    # What was withdrawn for a pause was never said, and may be written again.
    held = {row.key for row in evidence.rows if not row.entry.paused}
    for key, prompt in then.prompts.items():
        if key in now.prompts and key not in held:
            yield _finding(FindingKind.UNSAID, prompt, NEITHER, now.prompts[key])
    for earlier in mornings_between(max(since, evidence.changed_at or since), morning):
        yield from _missed(evidence, due_prompts(evidence, evidence.before, at=earlier), at)
    yield from differences(evidence, then, now, at=at)


def _missed(evidence: Evidence, then: DuePrompts, at: datetime) -> Iterator[Finding]:
    """What can no longer be said, because its date has passed, to somebody to whom nothing later was said."""
    today = london_date(at)
    for key, prompt in then.prompts.items():
        rung = next((one for one in then.tasks[key.milestone].ladder.rungs if one.key == key.rung), None)
        if rung is None or rung.mark is Counts.AFTER_DUE or key.due_on >= today:
            continue
        same = (row for row in evidence.rows if row.key[:2] == key[:2] and row.meant_for == prompt.meant_for)
        if not any(row.entry.rung_at >= prompt.rung_at for row in same):
            why = f"It was due on {long_date(london_date(prompt.send_at))}, and nothing said it in time."
            yield _finding(FindingKind.MISSED, prompt, why, None)


def _finding(kind: FindingKind, prompt: Prompt, why: str, to_say: Prompt | None) -> Finding:
    ref = prompt.key.milestone
    return Finding(
        kind=kind,
        ref=ref,
        duty=duty_of(ref),
        post=prompt.post,
        why=why,
        due_on=prompt.key.due_on,
        prompt=to_say,
        about=prompt.key,
    )


def _rows_gone(evidence: Evidence) -> Iterator[Finding]:
    """Prompts that were written, by the trail that nobody can change, and that the ledger does not have.

    Told once, a row is known to be gone until the prompt has been written again.
    """
    rows = {row.key for row in evidence.rows}
    for key, times in evidence.written.items():
        if key not in rows and times > evidence.reported.get(key, 0):
            yield Finding(
                kind=FindingKind.ROW_GONE,
                ref=key.milestone,
                duty=duty_of(key.milestone),
                post=_post_of(evidence, key),
                why="It was written, and its row is no longer in the ledger.",
                due_on=key.due_on,
                about=key,
                written=times,
            )


def _post_of(evidence: Evidence, key: PromptKey) -> str:
    person = key.person.removeprefix(SHADOW)
    return next((holder.post for holder in evidence.timeline.directory.holders if holder.person == person), "")


def _with_rows_gone(findings: list[Finding], gone: list[Finding]) -> list[Finding]:
    """One finding for one prompt: what is still to be said because its row is gone is told as that."""
    to_say = {finding.about: finding.prompt for finding in findings}
    missing = {finding.about for finding in gone}
    others = [finding for finding in findings if finding.about not in missing]
    return [*(replace(finding, prompt=to_say.get(finding.about)) for finding in gone), *others]


def _restricted(evidence: Evidence, now: DuePrompts, finding: Finding, at: datetime) -> bool:
    """Whether it is under embargo now; of what is no longer planned, as it was."""
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
    found = {}
    for duty in sorted(keys):
        figures = counted([row for row in due if duty_of(row.key.milestone) == duty], evidence)
        wrong = [finding for finding in findings if finding.duty == duty]
        # What waits and should have left is counted already, but as waiting.
        among = sum(_still_waits(finding) and finding.about in late for finding in wrong)
        figures = replace(figures, waiting=figures.waiting - among, due=figures.due - among)
        answered = sum(duty_of(response.milestone) == duty for response in answers)
        found[duty] = figures + Figures(due=len(wrong), answered=answered, unexplained=len(wrong))
    return found


def _still_waits(finding: Finding) -> bool:
    return finding.kind in (FindingKind.OVERDUE, FindingKind.STUCK)
