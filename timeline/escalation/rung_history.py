"""The account of a ladder: for every rung, when and to whom it was said, or why it was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from timeline.answers.responses import State
from timeline.calendar.london import LONDON
from timeline.calendar.wording import long_date, short_date
from timeline.definitions.duties import OWNER, Mark
from timeline.definitions.people import Recipient
from timeline.escalation import confirmation
from timeline.escalation.ladder import owed, too_early, waits_for_second_person
from timeline.escalation.prompts import CONFIRM, LedgerEntry, PromptKind, PromptState
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext

_NOBODY_CONFIRMS = "Held back: nobody who may confirm it is there."


@dataclass(frozen=True, kw_only=True)
class RungHistory:
    """One saying of one rung to one selector: `at` is when the ladder wants it, `what` what became of it."""

    rung: str
    repeat: int
    at: datetime
    to: str
    what: str


def rung_history(task: TaskContext) -> tuple[RungHistory, ...]:
    """Every rung in order, with what became of it by the instant of the ground."""
    rung_times = task.rung_times()
    rungs = [
        RungHistory(
            rung=rung_time.rung.key,
            repeat=rung_time.repeat,
            at=rung_time.at,
            to=_to(task, selector),
            what=_what(task, rung_time, selector),
        )
        for rung_time in rung_times
        for selector in rung_time.rung.to
    ]
    return tuple(sorted([*rungs, *_besides(task, rung_times), *_to_confirm(task)], key=lambda step: step.at))


def _to_confirm(task: TaskContext) -> Iterator[RungHistory]:
    """When a second person is asked again; what was said to one stands in the ledger."""
    if not waits_for_second_person(task):
        return
    asked, rows = (
        confirmation.confirmer(task),
        {entry.key.repeat for entry in task.entries if entry.key.rung == CONFIRM},
    )
    to = asked.post.title if asked else "second person"
    for rung_time in confirmation.wanted(task):
        coming = rung_time.at > task.at
        if rung_time.repeat not in rows and (coming or asked is None):
            what = f"To come on {long_date(rung_time.at.date())}, unless confirmed." if coming else _NOBODY_CONFIRMS
            yield RungHistory(rung=CONFIRM, repeat=rung_time.repeat, at=rung_time.at, to=to, what=what)


def _besides(task: TaskContext, rung_times: list[RungTime]) -> Iterator[RungHistory]:
    """What was said and the ladder does not want any more, or never did: an answer that climbed, a rung that counts
    anew since an answer, a correction, and all that was said about other dates.
    """
    besides = (entry for entry in task.entries if not any(_is(entry, *moment) for moment in _sayings(rung_times)))
    for entry in (*task.entries_before, *besides):
        about = "" if entry in task.entries else f" It was about {long_date(entry.key.due_on)}."
        to = _to(task, entry.selector)
        yield RungHistory(
            rung=entry.key.rung, repeat=entry.key.repeat, at=entry.rung_at, to=to, what=f"{_said(entry)}{about}"
        )


def _sayings(rung_times: list[RungTime]) -> Iterator[tuple[RungTime, str]]:
    return ((rung_time, selector) for rung_time in rung_times for selector in rung_time.rung.to)


def _to(task: TaskContext, selector: str) -> str:
    recipient = task.recipient(selector)
    return recipient.post.title if recipient else selector.replace("_", " ")


def _what(task: TaskContext, rung_time: RungTime, selector: str) -> str:
    rows = [
        entry for entry in task.entries if (entry.key.rung, entry.key.repeat) == (rung_time.rung.key, rung_time.repeat)
    ]
    entries = [entry for entry in rows if entry.selector == selector] or [
        entry for entry in rows if _is_to(task, entry, selector)
    ]
    instead = [entry for entry in rows if entry.selector not in rung_time.rung.to and task.recipient(selector) is None]
    if entries or instead:
        nobody = "" if entries else "Nobody was there for it, so whom the next step tells was told at once. "
        return nobody + " ".join(_said(entry) for entry in entries or instead)
    return next(_why_not(task, rung_time, selector), "It was due and stands in the ledger as neither said nor refused.")


def _is_to(task: TaskContext, entry: LedgerEntry, selector: str) -> bool:
    """One person may be meant by two selectors of a rung, and is told once."""
    recipient = task.recipient(selector)
    return recipient is not None and entry.key.person == task.person_key(recipient)


def _is(entry: LedgerEntry, rung_time: RungTime, selector: str) -> bool:
    return (entry.key.rung, entry.key.repeat, entry.selector) == (rung_time.rung.key, rung_time.repeat, selector)


def _said(entry: LedgerEntry) -> str:
    if entry.accepted_at:
        at = entry.accepted_at.astimezone(LONDON)
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


def _why_not(task: TaskContext, rung_time: RungTime, selector: str) -> Iterator[str]:
    """The reasons in the order in which the ladder asks them."""
    yield from _whole_ladder(task)
    if task.is_silenced(rung_time.rung, until=max(rung_time.at, task.at)):
        until = f" until {long_date(task.status.until_at.date())}" if task.status.until_at else ""
        yield f"Held back: it is {task.status.state.value}{until}."
    if task.pause and rung_time.at < task.pause.ends_at:
        yield f"Held back: {task.pause.sentence[0].lower()}{task.pause.sentence[1:]}"
    if rung_time.at > task.at:
        yield f"To come on {long_date(rung_time.at.date())}, unless {rung_time.rung.unless.value}."
    yield from _for_one(task, rung_time, selector)


def _whole_ladder(task: TaskContext) -> Iterator[str]:
    if not task.milestone.ours:
        yield "Never: not ours to submit."
    if task.milestone.closed_because:
        yield f"Not said: {task.milestone.closed_because}"
    if task.status.state is State.UNCONFIRMED:
        yield "Not said: it is done, and waits for a second person to confirm it."
    if task.status.state is State.DONE:
        yield "Not said: it is done."
    if not owed(task) and task.council.live_from:
        yield f"Not said: it was due before going live on {long_date(task.council.live_from)}."


def _for_one(task: TaskContext, rung_time: RungTime, selector: str) -> Iterator[str]:
    recipient, due_on = task.recipient(selector), task.milestone.due_on
    yield from _cannot_hear(task, selector, recipient)
    if rung_time.rung.mark is not Mark.AFTER_DUE and due_on and task.on > due_on:
        yield "Not said: the due date has passed, and later rungs speak of it."
    if selector != OWNER and not task.owner_had_notice():
        yield "Held back: the owner's own prompt has not been accepted for a working day yet."
    if recipient and too_early(task, recipient):
        yield "Held back: the chief executive hears from two working days before the due date."
    if recipient:
        yield from _told_since(task, rung_time, recipient)
    if not task.office.is_working(task.on):
        yield "Waits for the next working day."


def _cannot_hear(task: TaskContext, selector: str, recipient: Recipient | None) -> Iterator[str]:
    if task.is_unowned(selector):
        yield "Held back: nobody whom this rung may reach is in post and there."
    elif recipient is None:
        yield "Held back: it is under embargo, and whoever holds this post is not in its circulation."
    elif task.delivered_to(recipient) is None:
        yield "Held back: it is a trial run, and the programme lead may not hear of it."
    if task.waits_for_working_day(selector):
        yield "Waits for this person's next day at work."


def _told_since(task: TaskContext, rung_time: RungTime, recipient: Recipient) -> Iterator[str]:
    person = task.person_key(recipient)
    if task.corrected(person, rung_time.at, timed=rung_time.rung.at is not None):
        yield "Not said: the correction of the date has said it."
    asked = (entry for entry in task.entries if entry.kind is not PromptKind.CORRECTION)
    theirs = [entry for entry in asked if entry.key.person == person]
    if any(entry.rung_at > rung_time.at for entry in theirs):
        yield "Not said: a later rung has spoken to the same person."
    if any(task.is_superseded_by(entry, rung_time.at) for entry in theirs):
        yield "Not said: the ladder was changed, and it was said before under another name."
