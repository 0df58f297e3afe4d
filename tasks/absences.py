"""Automatic replies: the days of an absence, and nothing else of what they say. The deputy hears what is due then."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.store import Letter
from tasks.receipts import NOTICE, letter, link
from tasks.received import Received, Taken
from tasks.tokens import absence_key
from timeline.ground import Ground, ground
from timeline.inbound import InboundState
from timeline.messages import TokenOf
from timeline.people import Absence, Person, Stand
from timeline.receipts import stand_in_sentences, task_line


def take_absence(mail: Received) -> Taken:
    """Keeps from when until when the person asked is away. No clock stops: the date of a task is the law's."""
    last = mail.reading.absent_until
    if mail.asked is None or mail.stand is not Stand.SELF:
        return mail.heard(InboundState.IGNORED, f"{mail.reading.why} It is not proved to be from the person asked.")
    if last is None or last < mail.on:
        return mail.heard(InboundState.IGNORED, f"{mail.reading.why} It names no day until which somebody is away.")
    first = min(mail.reading.absent_from or mail.on, last)
    # Which days is no part of the chain, which holds this sentence for ever.
    why = "The days of an absence were taken down."
    absence = Absence(person=mail.asked.key, from_on=first, until_on=last)
    inbound = mail.inbound(InboundState.RECORDED, why)
    mail.store.hear_absence(inbound, absence, letter=_to_deputy(mail, mail.asked, absence))
    return mail.taken(InboundState.RECORDED, why)


def _to_deputy(mail: Received, away: Person, absence: Absence) -> Letter | None:
    """Once for each absence; in a trial run nobody but the programme lead is written to."""
    found = mail.timeline.directory.deputy_of(away.key, on=max(absence.from_on, mail.on))
    if found is None or mail.timeline.council.in_shadow(on=mail.on):
        return None
    deputy = found.person
    due = list(_due_then(mail, away, deputy, absence.until_on))
    if not due:
        return None
    tasks = [
        (one.of, task_line(one.found, deputy.key, link(mail.settings, number), number=number))
        for number, one in enumerate(due, start=1)
    ]
    return letter(
        mail,
        deputy,
        key=absence_key(mail.settings.secret(), mail.store.council, "away", absence),
        about=f"{away.name}'s tasks",
        sentences=stand_in_sentences(away.name, until_on=absence.until_on, on=mail.on, tasks=len(due)),
        tasks=tasks,
        kind=NOTICE,
        answers=False,
    )


class _Due(NamedTuple):
    found: Ground
    of: TokenOf


def _due_then(mail: Received, away: Person, deputy: Person, until_on: date) -> Iterator[_Due]:
    """What is with the person who is away, open, and due until then, as far as the deputy may hear of it."""
    near = {
        one.ref for one in mail.store.milestones() if one.chased and one.due_on is not None and one.due_on <= until_on
    }
    said, responses = mail.store.said(refs=frozenset(near)), mail.store.responses(refs=near)
    for ref in sorted(near):
        stored = mail.store.milestone(ref)
        if stored is None:
            continue
        now = ground(mail.timeline, stored.milestone, said.get(ref, ()), responses.get(ref, ()), at=mail.at)
        theirs = now.is_with(away.key) and not now.standing.is_done
        if theirs and not now.is_history and now.stands_for(deputy.key):
            milestone = stored.milestone
            yield _Due(
                now,
                TokenOf(person=deputy.key, milestone=ref, due_on=milestone.due_on, generation=stored.generation),
            )
