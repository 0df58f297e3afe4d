"""Whether a prompt still holds when it is to leave, and why not."""

from timeline.answers.responses import State
from timeline.definitions.duties import Mark, Rung
from timeline.escalation import confirmation
from timeline.escalation.addressing import told_instead
from timeline.escalation.corrections import why_no_correction
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, RETURNED, Prompt, PromptKind
from timeline.escalation.task_context import Ground

SOMEBODY_ELSES = "It is somebody else's now."
"""Why a prompt does not leave whose person has gone away or left since it was written."""


def why_not(found: Ground, prompt: Prompt) -> str:
    """The reason why a prompt must not leave now, as a sentence; empty when it still holds."""
    milestone = found.milestone
    if prompt.kind is PromptKind.CORRECTION:
        return why_no_correction(found, prompt)
    if milestone.due_on != prompt.key.due_on:
        return "The date has moved since this was written."
    if milestone.closed_because:
        return milestone.closed_because
    if prompt.key.rung == CONFIRM:
        return _why_not_asked_to_confirm(found, prompt)
    if found.standing.is_done:
        return "It is done."
    if prompt.key.rung in (DELEGATED, RETURNED):
        return "" if _still_meant(found, prompt) else SOMEBODY_ELSES
    if prompt.key.rung == CLIMB:
        return _why_no_call(found, prompt)
    return _why_not_this_rung(found, prompt)


def _why_no_call(found: Ground, prompt: Prompt) -> str:
    """Who can help may have gone away or left since the call was written."""
    if not found.hears(prompt.meant_for):
        return "It is under embargo, and this person may not hear of it."
    response = found.standing.response
    waits = response is not None and found.standing.state in (State.BLOCKED, State.DECLINED)
    if response is None or not waits:
        directory, reader = found.timeline.directory, prompt.meant_for
        there = directory.posts_of(reader, on=found.on) and not directory.away(reader, on=found.on)
        return "" if there else SOMEBODY_ELSES
    helper = found.helper_of(response.person)
    return SOMEBODY_ELSES if helper and helper.person.key != prompt.meant_for else ""


def may_be_said_later(found: Ground, reason: str) -> bool:
    """Whether what does not leave for this reason may be said yet: a pause ends, whoever is away comes back, and what
    was cancelled may take place after all.
    """
    passing = {SOMEBODY_ELSES, found.milestone.closed_because, found.pause.sentence if found.pause else ""}
    return reason in passing - {""}


def _why_not_asked_to_confirm(found: Ground, prompt: Prompt) -> str:
    if found.pause:
        return found.pause.sentence
    if found.standing.state is State.DONE:
        return "It was confirmed meanwhile."
    if found.standing.state is not State.UNCONFIRMED or not confirmation.is_of_this_round(found, prompt.key):
        return "It was not done yet after all."
    to = next((one for one in confirmation.confirmers(found) if one.person.key == prompt.meant_for), None)
    delivered = found.delivered_to(to) if to else None
    return "" if delivered and delivered.person.key == prompt.deliver_to else "It is for somebody else to confirm now."


def _why_not_this_rung(found: Ground, prompt: Prompt) -> str:
    if found.pause:
        return found.pause.sentence
    rung = next((rung for rung in found.milestone.ladder.rungs if rung.key == prompt.key.rung), None)
    if rung is None:
        return "The ladder no longer has this rung."
    if found.silenced(rung, until=found.at):
        return f"It was answered meanwhile: {found.standing.state.value}."
    if rung.mark is not Mark.AFTER_DUE and found.on > prompt.key.due_on:
        return "The due date has passed, and later rungs speak of it."
    if found.corrected(prompt.key.person, prompt.rung_at, timed=prompt.timed):
        return "The correction of the date says it."
    instead = prompt.selector not in rung.to
    if instead and not _is_said_instead(found, prompt, rung):
        return SOMEBODY_ELSES
    return "" if _still_meant(found, prompt) else SOMEBODY_ELSES


def _is_said_instead(found: Ground, prompt: Prompt, rung: Rung) -> bool:
    """Whether nobody is there yet for what the rung itself says, so that it goes to whom a later one tells."""
    wanted = found.moments()
    mine = [one for one in wanted if one.rung.key == rung.key]
    told = (told_instead(found, one, selector, wanted) for one in mine for selector in rung.to)
    return any(to is not None and to.selector == prompt.selector for to in told)


def _still_meant(found: Ground, prompt: Prompt) -> bool:
    meant = found.recipient(prompt.selector)
    to = found.delivered_to(meant) if meant else None
    people = (meant.person.key, to.person.key) if meant and to else None
    return people == (prompt.meant_for, prompt.deliver_to)
