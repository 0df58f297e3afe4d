"""Decide whether a prompt still holds when it is to leave, and say why not."""

from timeline.answers.responses import State
from timeline.definitions.duties import Rung
from timeline.escalation import confirmation, held
from timeline.escalation.addressing import fallback_recipient
from timeline.escalation.corrections import why_no_correction
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, RETURNED, Prompt, PromptKind
from timeline.escalation.task_context import TaskContext

REASSIGNED = "It is somebody else's now."
"""Why a prompt does not leave whose person has gone away or left since it was written."""
MOVED = "The date has moved since this was written."
NO_SUCH_RUNG = "The ladder no longer has this rung."


def suppression_reason(task: TaskContext, prompt: Prompt) -> str:
    """Give the reason for which a prompt must not leave now, as a sentence; empty when it still holds."""
    milestone = task.milestone
    if prompt.kind is PromptKind.CORRECTION:
        return why_no_correction(task, prompt)
    if milestone.due_on != prompt.key.due_on:
        return MOVED
    if milestone.closed_because:
        return milestone.closed_because
    if prompt.key.rung == CONFIRM:
        return _why_not_asked_to_confirm(task, prompt)
    if reason := held.whole_ladder(task):
        return reason.reason
    if prompt.key.rung in (DELEGATED, RETURNED):
        return "" if _still_meant(task, prompt) else REASSIGNED
    if prompt.key.rung == CLIMB:
        return _why_no_call(task, prompt)
    return _why_not_this_rung(task, prompt)


def _why_no_call(task: TaskContext, prompt: Prompt) -> str:
    """Ask again who can help: that person may have gone away or left since the call was written."""
    if not task.audience.hears(prompt.meant_for):
        return "It is under embargo, and this person may not hear of it."
    response = task.status.response
    waits = response is not None and task.status.state in (State.BLOCKED, State.DECLINED)
    if not waits and task.status.took_back:
        return "The call was taken back before it left."
    if response is None or not waits:
        directory, reader = task.timeline.directory, prompt.meant_for
        there = directory.posts_of(reader, on=task.on) and not directory.away(reader, on=task.on)
        return "" if there else REASSIGNED
    helper = task.audience.helper_of(response.person)
    return REASSIGNED if helper and helper.person.key != prompt.meant_for else ""


def may_be_said_later(task: TaskContext, reason: str) -> bool:
    """Tell whether a prompt held for this reason may be sent later: pauses and absences end, a cancelled meeting may
    take place after all, and a change is taken back, after which the date and the ladder are those of before.
    """
    passing = {
        REASSIGNED,
        MOVED,
        NO_SUCH_RUNG,
        task.milestone.closed_because,
        task.pause.sentence if task.pause else "",
    }
    return reason in passing - {""}


def _why_not_asked_to_confirm(task: TaskContext, prompt: Prompt) -> str:
    if task.pause:
        return task.pause.sentence
    if task.status.state is State.DONE:
        return "It was confirmed meanwhile."
    if task.status.state is not State.UNCONFIRMED or not confirmation.is_of_this_round(task, prompt.key):
        return "It was not done yet after all."
    to = next(
        (recipient for recipient in confirmation.confirmers(task) if recipient.person.key == prompt.meant_for), None
    )
    delivered = task.audience.delivered_to(to) if to else None
    return "" if delivered and delivered.person.key == prompt.deliver_to else "It is for somebody else to confirm now."


def _why_not_this_rung(task: TaskContext, prompt: Prompt) -> str:
    """Ask the ladder's own reasons again, and whether the step still reaches the person it was written for."""
    rung = next((rung for rung in task.milestone.ladder.rungs if rung.key == prompt.key.rung), None)
    if rung is None:
        return NO_SUCH_RUNG
    reason = held.rung(task, rung, prompt.rung_at, until=task.at) or held.passed(task, rung)
    if reason is None and task.corrected(prompt.key.person, prompt.rung_at, timed=prompt.timed):
        reason = held.CORRECTED
    if reason:
        return reason.reason
    instead = prompt.selector not in rung.to
    if instead and not _is_said_instead(task, prompt, rung):
        return REASSIGNED
    return "" if _still_meant(task, prompt) else REASSIGNED


def _is_said_instead(task: TaskContext, prompt: Prompt, rung: Rung) -> bool:
    """Tell whether nobody is available for the rung itself, so that it still goes to the person of a later rung."""
    rung_times = task.rung_times()
    mine = [rung_time for rung_time in rung_times if rung_time.rung.key == rung.key]
    told = (fallback_recipient(task, rung_time, selector, rung_times) for rung_time in mine for selector in rung.to)
    return any(to is not None and to.selector == prompt.selector for to in told)


def _still_meant(task: TaskContext, prompt: Prompt) -> bool:
    meant = task.audience.recipient(prompt.selector)
    to = task.audience.delivered_to(meant) if meant else None
    people = (meant.person.key, to.person.key) if meant and to else None
    return people == (prompt.meant_for, prompt.deliver_to)
