"""Lay out a morning's decision as a table: what was said to which post and why, what was held back, and numbers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.calendar.wording import count, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.titles import post_title
from timeline.escalation.day import DayDecision
from timeline.escalation.ladder import Decision, HeldStep
from timeline.escalation.prompts import Prompt
from timeline.planning.occurrences import Milestone

SAID, HELD, NOBODY = "said", "held back", "reaches nobody"


class MorningRow(NamedTuple):
    """Show what was said, held back, or reaches nobody: `step` is the rung, `to` a post's title, never a name."""

    duty: str
    task: str
    due: str
    outcome: str
    step: str
    to: str
    why: str
    ref: str


class DutyNumbers(NamedTuple):
    """Count for a duty in a run: prompts said, steps held back, tasks looked at and tasks left until their day."""

    duty: str
    said: int
    held: int
    looked_at: int
    resting: int


@dataclass(frozen=True, kw_only=True)
class Morning:
    """Hold the table of a run, and its numbers for each duty; `hidden` tasks are under embargo and counted only."""

    rows: tuple[MorningRow, ...]
    numbers: tuple[DutyNumbers, ...]
    hidden: int


def morning(timeline: CouncilTimeline, decision: DayDecision) -> Morning:
    """Lay out what a run said and held back for its duties, in the order of the timeline."""
    every = (*(each.milestone for each in decision.decisions), *decision.resting)
    shown = [milestone for milestone in every if not milestone.embargoes]
    looked = [each for each in decision.decisions if not each.milestone.embargoes]
    return Morning(
        rows=tuple(row for each in sorted(looked, key=_by_ref) for row in _rows(timeline, each)),
        numbers=tuple(_numbers(timeline, looked, shown)),
        hidden=len(every) - len(shown),
    )


def _by_ref(decision: Decision) -> tuple[str, str]:
    return (decision.milestone.obligation, decision.milestone.ref)


def _rows(timeline: CouncilTimeline, decision: Decision) -> Iterator[MorningRow]:
    for prompt in decision.prompts:
        yield _row(timeline, decision, SAID, prompt.key.rung, _post(timeline, prompt), prompt.why)
    for (because, to), steps in _by_reason(timeline, decision.held).items():
        yield _row(timeline, decision, HELD, ", ".join(dict.fromkeys(step.rung for step in steps)), to, because)
    for step in decision.unassigned_steps:
        rung, _, selector = step.partition(" to ")
        why = "Nobody holds that post and is there: the next step hears it."
        yield _row(timeline, decision, NOBODY, rung, _title(timeline, selector), why)


def _by_reason(timeline: CouncilTimeline, held: Sequence[HeldStep]) -> dict[tuple[str, str], list[HeldStep]]:
    """Gather the steps that are held for the same reason: an answered task would fill the table with its old rungs."""
    by_reason: dict[tuple[str, str], list[HeldStep]] = {}
    for step in held:
        by_reason.setdefault((step.because, _title(timeline, step.selector)), []).append(step)
    return by_reason


def _row(timeline: CouncilTimeline, decision: Decision, outcome: str, step: str, to: str, why: str) -> MorningRow:
    milestone = decision.milestone
    return MorningRow(
        duty=_duty(timeline, milestone.obligation),
        task=milestone.title,
        due=short_date(milestone.due_on) if milestone.due_on else f"waits for {', '.join(milestone.waits_for)}",
        outcome=outcome,
        step=step,
        to=to,
        why=why,
        ref=milestone.ref,
    )


def _post(timeline: CouncilTimeline, prompt: Prompt) -> str:
    return timeline.directory.posts[prompt.post].title


def _title(timeline: CouncilTimeline, selector: str) -> str:
    """Give a selector's post by its title; "owner" and "line manager of owner" are words already."""
    return post_title(timeline.directory, selector)


def _duty(timeline: CouncilTimeline, key: str) -> str:
    return next((duty.title for duty in timeline.obligations if duty.key == key), key)


def _numbers(
    timeline: CouncilTimeline, looked: Collection[Decision], shown: Collection[Milestone]
) -> Iterator[DutyNumbers]:
    duties = {milestone.obligation for milestone in shown}
    for key in (duty.key for duty in timeline.obligations if duty.key in duties):
        ours = [each for each in looked if each.milestone.obligation == key]
        every = sum(milestone.obligation == key for milestone in shown)
        said = sum(len(each.prompts) for each in ours)
        held = sum(len(_by_reason(timeline, each.held)) for each in ours)
        yield DutyNumbers(_duty(timeline, key), said, held, len(ours), every - len(ours))


def said(decision: DayDecision, written: int) -> str:
    """Say in a sentence what a run did."""
    if decision.quiet_because:
        return decision.quiet_because
    unowned = sum(bool(each.unassigned_steps) for each in decision.decisions)
    nobody = f"; for {count(unowned, 'task')} a step reaches nobody, and went to the next" if unowned else ""
    return f"{count(written, 'new prompt')}; {count(len(decision.decisions), 'task')} looked at{nobody}."
