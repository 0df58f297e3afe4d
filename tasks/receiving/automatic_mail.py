"""Take in automatic mail: of an absence only its days, of a bounce the dead address. The deputy hears what is due."""

from collections.abc import Iterator, Set
from datetime import date
from typing import NamedTuple

from models.store import OutgoingNotice
from tasks.council.each import first_of_any
from tasks.council.tokens import absence_key, token_hash
from tasks.receiving.incoming import REMEMBERED, IncomingMail, IntakeResult
from tasks.receiving.mail_receipts import NOTICE, link, notice_mail
from timeline.answers.inbound import InboundState
from timeline.definitions.absences import Absence, as_heard
from timeline.definitions.people import AnswersAs, Person
from timeline.delivery.contact_methods import SAYS_SO
from timeline.delivery.messages import TokenClaims, TokenKind
from timeline.escalation.later_clock import task_now
from timeline.escalation.task_context import TaskContext
from timeline.letters.receipt import stand_in_sentences, task_line
from timeline.replies.words.leaving import CHECK_WHO

_HAS_LEFT = f"It says that its writer left this post, or is away for long: {CHECK_WHO}."

# None of these names the days, because the audit chain holds them for ever.
_TAKEN_DOWN = "The days of an absence were taken down."
_TOO_LONG = "The days of an absence of more than six weeks were taken down: they count once somebody confirms them."
_ENDED = "It names days away about which a person has said since when they end: that counts, and not the note."


def take_absence(mail: IncomingMail) -> IntakeResult:
    """Keep the days on which the person asked is away. No clock stops: the date of a task is the law's.

    If the writer may have left the post, a person must look, whatever days the mail names.
    """
    last = mail.reading.absent_until
    if mail.asked is None or mail.stand is not AnswersAs.SELF:
        return mail.heard(InboundState.IGNORED, f"{mail.reading.why} It is not proved to be from the person asked.")
    left = mail.reading.has_left
    if last is None or last < mail.on:
        no_day = f"{mail.reading.why} It names no day until which somebody is away."
        return mail.heard(InboundState.HELD if left else InboundState.IGNORED, _HAS_LEFT if left else no_day)
    first = min(mail.reading.absent_from or mail.on, last)
    absence = Absence(person=mail.asked.key, from_on=first, until_on=last)
    known = as_heard(mail.timeline.directory.known_absences, absence)
    if known.end:
        return mail.heard(InboundState.HELD if left else InboundState.IGNORED, _HAS_LEFT if left else _ENDED)
    state = InboundState.HELD if left else InboundState.RECORDED
    why = _HAS_LEFT if left else _TOO_LONG if known.waits else _TAKEN_DOWN
    notice = None if known.waits else _to_deputy(mail, mail.asked, absence)
    mail.store.inbound.record_absence(mail.inbound(state, why), absence, notice=notice)
    return mail.taken(state, why)


def _to_deputy(mail: IncomingMail, away: Person, absence: Absence) -> OutgoingNotice | None:
    """Write to the deputy once for each absence; in a trial run only the programme lead is written to."""
    recipient = mail.timeline.directory.deputy_of(away.key, on=max(absence.from_on, mail.on))
    if recipient is None or mail.timeline.council.in_shadow(on=mail.on):
        return None
    deputy = recipient.person
    due = list(_due_then(mail, away, deputy, absence.until_on))
    if not due:
        return None
    tasks = [
        (
            due_task.claims,
            task_line(due_task.task, deputy.key, link(mail.settings, mail.store.council, number), number=number),
        )
        for number, due_task in enumerate(due, start=1)
    ]
    return notice_mail(
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
    task: TaskContext
    claims: TokenClaims


def _due_then(mail: IncomingMail, away: Person, deputy: Person, until_on: date) -> Iterator[_Due]:
    """Give the open tasks of the person who is away that are due until then, as far as the deputy may hear of them."""
    near = {
        milestone.ref
        for milestone in mail.store.plan.milestones()
        if milestone.chased and milestone.due_on is not None and milestone.due_on <= until_on
    }
    entries, responses = mail.store.ledger.entries(refs=frozenset(near)), mail.store.inbound.responses(refs=near)
    for ref in sorted(near):
        stored = mail.store.plan.milestone(ref)
        if stored is None:
            continue
        now = task_now(mail.timeline, stored.milestone, entries.get(ref, ()), responses.get(ref, ()), at=mail.at)
        theirs = now.audience.is_with(away.key) and not now.status.is_done
        if theirs and not now.is_history and now.audience.stands_for(deputy.key):
            milestone = stored.milestone
            yield _Due(
                now,
                TokenClaims(person=deputy.key, milestone=ref, due_on=milestone.due_on, generation=stored.generation),
            )


_CAME_BACK = "Our mail came back: the next way is tried."
_CHANGED = "Our mail came back from an address that was changed since: the new one is tried."
_NOT_TO_ENVELOPE = "It is a delivery report, and did not come to the address that only mail systems know."
_OTHER_ADDRESS = "It is a delivery report, and names another address than the one that our mail went to."


def take_bounce(mail: IncomingMail) -> IntakeResult:
    """Believe a bounce if it came to the envelope sender of that very mail and names the address that the mail went to.

    Many a report names other addresses besides: those to which the mail was passed on, and the mail system's own.

    A code that means "gone" makes the address doubtful, and a second such bounce makes it dead. So whoever got hold of
    a single envelope silences nobody, and the next mail is the probe. Meanwhile the prompts leave by the next way.
    """
    if mail.of is None:
        return mail.heard(InboundState.IGNORED, "It is a delivery report without a reference of ours.")
    if mail.of.kind is not TokenKind.BOUNCE:
        return mail.heard(InboundState.HELD, _NOT_TO_ENVELOPE)
    theirs, was_theirs = _is_theirs(mail), _was_theirs(mail)
    if not theirs and not was_theirs:
        return mail.heard(InboundState.HELD, _OTHER_ADDRESS)
    # Before the row of the mail: the other way round, a crash between the two would lose the bounce.
    if not mail.store.outbox.mark_bounced(
        mail.of.message,
        at=mail.at,
        why=SAYS_SO,
        dead=False,
        once_more=not theirs,
        doubt=theirs and mail.reading.gone,
        said=mail.reading.said,
    ):
        return mail.heard(InboundState.IGNORED, "It is a delivery report about a mail that is known to have come back.")
    return mail.heard(InboundState.RECORDED, _CAME_BACK if theirs else _CHANGED)


def _is_theirs(mail: IncomingMail) -> bool:
    return mail.reader is not None and mail.reader.address.lower() in _failed(mail)


def _failed(mail: IncomingMail) -> Set[str]:
    return {mail.reading.bounced.lower(), *mail.reading.named}


def _was_theirs(mail: IncomingMail) -> bool:
    """Tell whether the address was its reader's when the mail left, and no longer is."""
    if mail.reader is None:
        return False
    former = mail.store.people.previous_addresses(mail.reader.key, since=mail.at - REMEMBERED)
    return not _failed(mail).isdisjoint(former)


def take_probe(mail: IncomingMail) -> IntakeResult:
    """Note that our message to ourselves came back. A mail that only claims to be ours answers nothing either."""
    sha256 = token_hash(mail.reading.token)
    if first_of_any(mail.settings, lambda store: store.assurance.probe_returned(sha256, at=mail.at)):
        why = "It is our own message to ourselves: the mailbox brings back what we send."
        return IntakeResult(kind=mail.reading.kind.value, state=InboundState.IGNORED, why=why, new=False)
    return mail.heard(InboundState.IGNORED, "It says that it is our own message to ourselves, and is not.")
