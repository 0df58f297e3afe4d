"""Tell the history of a ladder: for every step, when and to whom it was said, or why it was not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date, plain_name, short_date
from timeline.definitions.titles import post_title
from timeline.escalation import confirmation
from timeline.escalation.held import Held
from timeline.escalation.ladder import Step, steps, waits_for_second_person
from timeline.escalation.prompts import CONFIRM, LedgerEntry, PromptKind, PromptState
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext

_NOBODY_CONFIRMS = "Held back: nobody who may confirm it is there."
_UNWRITTEN = "It was due and stands in the ledger as neither said nor refused."
FELL_TO_NEXT = "Nobody was available for this step, so the person due at the next step was told straight away. "


@dataclass(frozen=True, kw_only=True)
class RungHistory:
    """Hold a step for a post: `at` is when the ladder wants it, `what` what became of it."""

    rung: str
    repeat: int
    at: datetime
    to: str
    what: str


def rung_history(task: TaskContext) -> tuple[RungHistory, ...]:
    """Tell every step in order, with what became of it by the instant of the task context.

    What was said is told from the ledger, so that a later change of people never alters to whom it went. What was not
    said is told by the ladder's own reason.
    """
    decided = steps(task, until=task.at)
    told = [row for step in decided for row in _of_step(task, step)]
    return tuple(sorted([*told, *_besides(task, decided), *_to_confirm(task)], key=lambda row: row.at))


def _of_step(task: TaskContext, step: Step) -> Iterator[RungHistory]:
    own, instead = _rows(task, step)
    for said, entries in (("", own), (FELL_TO_NEXT, instead)):
        for post, rows in groupby(entries, key=lambda entry: entry.post):
            yield _line(
                step.rung_time,
                post_title(task.timeline.directory, post),
                said + " ".join(_said(entry) for entry in rows),
            )
    if not own and not instead:
        to = task.audience.recipient(step.selector)
        title = to.post.title if to else plain_name(step.selector)
        yield _line(step.rung_time, title, step.outcome.sentence if isinstance(step.outcome, Held) else _UNWRITTEN)


def _rows(task: TaskContext, step: Step) -> tuple[Sequence[LedgerEntry], Sequence[LedgerEntry]]:
    """Give what the ledger holds of a step, and what was said to the person of a later step in its place."""
    rows = [entry for entry in task.entries if _is_of(entry, step.rung_time)]
    own = [entry for entry in rows if entry.selector == step.selector]
    selectors, answered = step.rung_time.rung.to, {entry.selector for entry in rows}
    fell = next((selector for selector in selectors if selector not in answered), selectors[0])
    instead = [entry for entry in rows if entry.selector not in selectors] if step.selector == fell else []
    held = step.outcome if isinstance(step.outcome, Held) else None
    if not own and not instead and held and held.entry and held.entry.selector in selectors:
        # Two selectors of a rung may mean the same person, who is told once.
        return [held.entry], []
    return own, instead


def _is_of(entry: LedgerEntry, rung_time: RungTime) -> bool:
    return (entry.key.rung, entry.key.repeat) == (rung_time.rung.key, rung_time.repeat)


def _to_confirm(task: TaskContext) -> Iterator[RungHistory]:
    """Tell when a second person is asked again; what was said to a person stands in the ledger."""
    if not waits_for_second_person(task):
        return
    asked = confirmation.confirmer(task)
    rows = {entry.key.repeat for entry in task.entries if entry.key.rung == CONFIRM}
    to = asked.post.title if asked else "second person"
    for rung_time in confirmation.wanted(task):
        coming = rung_time.at > task.at
        if rung_time.repeat not in rows and (coming or asked is None):
            what = f"To come on {long_date(rung_time.at.date())}, unless confirmed." if coming else _NOBODY_CONFIRMS
            yield _line(rung_time, to, what)


def _besides(task: TaskContext, decided: Sequence[Step]) -> Iterator[RungHistory]:
    """Tell what was said and the ladder does not want any more, or never did: an answer that climbed, a rung that
    counts anew since an answer, a correction, and all that was said about other dates.
    """
    for entry in (*task.entries_before, *task.entries):
        if entry in task.entries and any(_is_of(entry, step.rung_time) for step in decided):
            continue
        about = "" if entry in task.entries else f" It was about {long_date(entry.key.due_on)}."
        yield RungHistory(
            rung=entry.key.rung,
            repeat=entry.key.repeat,
            at=entry.rung_at,
            to=post_title(task.timeline.directory, entry.post),
            what=f"{_said(entry)}{about}",
        )


def _line(rung_time: RungTime, to: str, what: str) -> RungHistory:
    return RungHistory(rung=rung_time.rung.key, repeat=rung_time.repeat, at=rung_time.at, to=to, what=what)


def _said(entry: LedgerEntry) -> str:
    if entry.accepted_at:
        at = in_london(entry.accepted_at)
        sent = "Corrected" if entry.kind is PromptKind.CORRECTION else "Sent"
        # A reason stands beside what was sent when nobody knows whether it arrived.
        return f"{sent} on {short_date(at.date())} at {at:%H:%M}. {entry.reason}".rstrip()
    if entry.undeliverable:
        return "Could not be delivered."
    return {
        PromptState.WAITING: "Waits to be sent.",
        PromptState.SENT: "Sent.",
        PromptState.SUPERSEDED: "Not sent: a later rung for the same person said it instead.",
        PromptState.SUPPRESSED: f"Not sent: {entry.reason or 'it no longer held.'}",
    }[entry.state]
