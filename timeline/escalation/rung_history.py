"""The account of a ladder: for every rung, when and to whom it was said, or why it was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from timeline.answers.responses import State
from timeline.calendar.bank_holidays import LONDON
from timeline.calendar.wording import long_date, short_date
from timeline.definitions.duties import OWNER, Mark
from timeline.definitions.people import Recipient
from timeline.escalation import confirmation
from timeline.escalation.ladder import owed, too_early, waits_for_second_person
from timeline.escalation.prompts import CONFIRM, PromptKind, PromptState, Said
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground

_NOBODY_CONFIRMS = "Held back: nobody who may confirm it is there."


@dataclass(frozen=True, kw_only=True)
class RungAccount:
    """One saying of one rung to one selector: `at` is when the ladder wants it, `what` what became of it."""

    rung: str
    repeat: int
    at: datetime
    to: str
    what: str


def account(found: Ground) -> tuple[RungAccount, ...]:
    """Every rung in order, with what became of it by the instant of the ground."""
    wanted = found.moments()
    rungs = [
        RungAccount(
            rung=moment.rung.key,
            repeat=moment.repeat,
            at=moment.at,
            to=_to(found, selector),
            what=_what(found, moment, selector),
        )
        for moment in wanted
        for selector in moment.rung.to
    ]
    return tuple(sorted([*rungs, *_besides(found, wanted), *_to_confirm(found)], key=lambda one: one.at))


def _to_confirm(found: Ground) -> Iterator[RungAccount]:
    """When a second person is asked again; what was said to one stands in the ledger."""
    if not waits_for_second_person(found):
        return
    asked, rows = confirmation.confirmer(found), {one.key.repeat for one in found.said if one.key.rung == CONFIRM}
    to = asked.post.title if asked else "second person"
    for moment in confirmation.wanted(found):
        coming = moment.at > found.at
        if moment.repeat not in rows and (coming or asked is None):
            what = f"To come on {long_date(moment.at.date())}, unless confirmed." if coming else _NOBODY_CONFIRMS
            yield RungAccount(rung=CONFIRM, repeat=moment.repeat, at=moment.at, to=to, what=what)


def _besides(found: Ground, wanted: list[Moment]) -> Iterator[RungAccount]:
    """What was said and the ladder does not want any more, or never did: an answer that climbed, a rung that counts
    anew since an answer, a correction, and all that was said about other dates.
    """
    besides = (one for one in found.said if not any(_is(one, *moment) for moment in _sayings(wanted)))
    for one in (*found.said_before, *besides):
        about = "" if one in found.said else f" It was about {long_date(one.key.due_on)}."
        to = _to(found, one.selector)
        yield RungAccount(rung=one.key.rung, repeat=one.key.repeat, at=one.rung_at, to=to, what=f"{_said(one)}{about}")


def _sayings(wanted: list[Moment]) -> Iterator[tuple[Moment, str]]:
    return ((moment, selector) for moment in wanted for selector in moment.rung.to)


def _to(found: Ground, selector: str) -> str:
    recipient = found.recipient(selector)
    return recipient.post.title if recipient else selector.replace("_", " ")


def _what(found: Ground, moment: Moment, selector: str) -> str:
    rows = [one for one in found.said if (one.key.rung, one.key.repeat) == (moment.rung.key, moment.repeat)]
    said = [one for one in rows if one.selector == selector] or [one for one in rows if _is_to(found, one, selector)]
    instead = [one for one in rows if one.selector not in moment.rung.to and found.recipient(selector) is None]
    if said or instead:
        nobody = "" if said else "Nobody was there for it, so whom the next step tells was told at once. "
        return nobody + " ".join(_said(one) for one in said or instead)
    return next(_why_not(found, moment, selector), "It was due and stands in the ledger as neither said nor refused.")


def _is_to(found: Ground, said: Said, selector: str) -> bool:
    """One person may be meant by two selectors of a rung, and is told once."""
    recipient = found.recipient(selector)
    return recipient is not None and said.key.person == found.person_key(recipient)


def _is(said: Said, moment: Moment, selector: str) -> bool:
    return (said.key.rung, said.key.repeat, said.selector) == (moment.rung.key, moment.repeat, selector)


def _said(one: Said) -> str:
    if one.accepted_at:
        at = one.accepted_at.astimezone(LONDON)
        sent = "Corrected" if one.kind is PromptKind.CORRECTION else "Sent"
        # A reason stands beside what was sent when nobody knows whether it arrived.
        return f"{sent} on {short_date(at.date())} at {at:%H:%M}. {one.reason}".rstrip()
    if one.undeliverable:
        return "Could not be delivered."
    return {
        PromptState.WAITING: "Waits to be sent.",
        PromptState.SENT: "Sent.",
        PromptState.SUPERSEDED: "Not sent: a later rung for the same person said it instead.",
        PromptState.SUPPRESSED: f"Not sent: {one.reason or 'it no longer held.'}",
    }[one.state]


def _why_not(found: Ground, moment: Moment, selector: str) -> Iterator[str]:
    """The reasons in the order in which the ladder asks them."""
    yield from _whole_ladder(found)
    if found.silenced(moment.rung, until=max(moment.at, found.at)):
        until = f" until {long_date(found.standing.until_at.date())}" if found.standing.until_at else ""
        yield f"Held back: it is {found.standing.state.value}{until}."
    if found.pause and moment.at < found.pause.ends_at:
        yield f"Held back: {found.pause.sentence[0].lower()}{found.pause.sentence[1:]}"
    if moment.at > found.at:
        yield f"To come on {long_date(moment.at.date())}, unless {moment.rung.unless.value}."
    yield from _for_one(found, moment, selector)


def _whole_ladder(found: Ground) -> Iterator[str]:
    if not found.milestone.ours:
        yield "Never: not ours to submit."
    if found.milestone.closed_because:
        yield f"Not said: {found.milestone.closed_because}"
    if found.standing.state is State.UNCONFIRMED:
        yield "Not said: it is done, and waits for a second person to confirm it."
    if found.standing.state is State.DONE:
        yield "Not said: it is done."
    if not owed(found) and found.council.live_from:
        yield f"Not said: it was due before going live on {long_date(found.council.live_from)}."


def _for_one(found: Ground, moment: Moment, selector: str) -> Iterator[str]:
    recipient, due_on = found.recipient(selector), found.milestone.due_on
    yield from _cannot_hear(found, selector, recipient)
    if moment.rung.mark is not Mark.AFTER_DUE and due_on and found.on > due_on:
        yield "Not said: the due date has passed, and later rungs speak of it."
    if selector != OWNER and not found.owner_had_a_day():
        yield "Held back: the owner's own prompt has not been accepted for a working day yet."
    if recipient and too_early(found, recipient):
        yield "Held back: the chief executive hears from two working days before the due date."
    if recipient:
        yield from _told_since(found, moment, recipient)
    if not found.office.is_working(found.on):
        yield "Waits for the next working day."


def _cannot_hear(found: Ground, selector: str, recipient: Recipient | None) -> Iterator[str]:
    if found.is_unowned(selector):
        yield "Held back: nobody whom this rung may reach is in post and there."
    elif recipient is None:
        yield "Held back: it is under embargo, and whoever holds this post is not in its circulation."
    elif found.delivered_to(recipient) is None:
        yield "Held back: it is a trial run, and the programme lead may not hear of it."
    if found.waits_for_working_day(selector):
        yield "Waits for this person's next day at work."


def _told_since(found: Ground, moment: Moment, recipient: Recipient) -> Iterator[str]:
    person = found.person_key(recipient)
    if found.corrected(person, moment.at, timed=moment.rung.at is not None):
        yield "Not said: the correction of the date has said it."
    asked = (one for one in found.said if one.kind is not PromptKind.CORRECTION)
    theirs = [one for one in asked if one.key.person == person]
    if any(one.rung_at > moment.at for one in theirs):
        yield "Not said: a later rung has spoken to the same person."
    if any(found.spoke_since(one, moment.at) for one in theirs):
        yield "Not said: the ladder was changed, and it was said before under another name."
