"""Record a mail that answers several tasks: each answer once, and a receipt for all of them together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.store import OutgoingNotice
from tasks.council.answers import record_response
from tasks.links.link_target import task_behind
from tasks.receiving.incoming import IncomingMail, IntakeResult
from tasks.receiving.mail_receipts import link, notice_mail, once_a_day, unclear
from tasks.receiving.record_answer import beside_figures, given, meant, said
from timeline.answers.inbound import AlreadyReceived, InboundState, inbound_id
from timeline.answers.responses import AT_ONCE, AnswerRefused
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims
from timeline.escalation.task_context import TaskContext
from timeline.letters import receipt as receipts
from timeline.letters.page_views import DeadLink, MessageTask
from timeline.replies.reading import MailReading, NumberedAnswer


@dataclass(frozen=True, kw_only=True)
class Part:
    """Hold the answer to a task, as a mail of its own, and the token of that task."""

    number: int
    mail: IncomingMail
    claims: TokenClaims


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Tell what became of an answer.

    `sentences` say it in the receipt, which says `when` once and names the `task` of an answer that counts. `held`: the
    mail waits for a person; `climbs`: others hear of it at once; `already`: the same was recorded before.
    """

    number: int
    sentences: tuple[str, ...]
    when: str = ""
    task: tuple[TokenClaims, TaskContext] | None = None
    held: bool = False
    climbs: bool = False
    already: bool = False


def take_several(mail: IncomingMail, tasks: Sequence[TokenClaims]) -> IntakeResult:
    """Record each answer, and then the mail with its receipt: a crash between the two records nothing twice."""
    parts = list(parts_of(mail, tasks))
    if not parts:
        why = f"It does not fit the tasks of our mail. {mail.reading.why}"
        return mail.heard(InboundState.HELD, why, notice=unclear(mail, receipts.NO_SUCH_TASK))
    outcomes = [record(part) for part in parts]
    counts = any(outcome.task for outcome in outcomes)
    held = any(outcome.held for outcome in outcomes)
    state = InboundState.HELD if held else InboundState.RECORDED if counts else InboundState.IGNORED
    mail.store.inbound.record(mail.inbound(state, mail.reading.why), notice=_receipt(mail, outcomes))
    return mail.taken(state, mail.reading.why, asks_for_help=any(outcome.climbs for outcome in outcomes))


def parts_of(mail: IncomingMail, tasks: Sequence[TokenClaims]) -> Iterator[Part]:
    """Give the answers with their tasks; none where our mail has not all of these tasks."""
    answers = _of_all(mail.reading, len(tasks)) if mail.reading.of_all else mail.reading.parts
    if any(answer.number > len(tasks) for answer in answers):
        return
    for answer in answers:
        # Each row has words of its own: a child's name in an answer does not hold the others back.
        alone = replace(
            mail.reading,
            response=answer.answer,
            number=answer.number,
            evidence=answer.evidence,
            text=answer.text,
            is_done=answer.is_done,
            parts=(),
            of_all=False,
            unread=False,
        )
        own = replace(mail, id=inbound_id(mail.via, mail.id, str(answer.number)), reading=alone)
        yield Part(number=answer.number, mail=own, claims=tasks[answer.number - 1])


def _of_all(reading: MailReading, tasks: int) -> tuple[NumberedAnswer, ...]:
    """Give the answer for each task; none where the reply counts another number of them ("yes to both")."""
    if reading.response is None or reading.count not in (None, tasks):
        return ()
    return tuple(NumberedAnswer(number=number, answer=reading.response) for number in range(1, tasks + 1))


def record(part: Part, *, not_clear: str = receipts.NOT_CLEAR) -> Outcome:
    """Record an answer with a row of its own, and say what became of it; `not_clear` where it means nothing here."""
    mail, claims = part.mail, part.claims
    task = task_behind(mail.store, mail.settings, claims, at=mail.at)
    if isinstance(task, DeadLink):
        return _not_recorded(part, receipts.dead_sentences(task, ours=mail.ours))
    mail = beside_figures(mail, task)
    answer = meant(mail, task)
    if answer is None:
        return replace(_not_recorded(part, (not_clear,)), held=True)
    what = said(mail, answer, task)
    held_back = {"held_back": True} if what.held_back else {}
    inbound = mail.inbound(
        InboundState.HELD if held_back else InboundState.RECORDED, mail.reading.why, claims=claims, **held_back
    )
    try:
        recorded = record_response(
            mail.store, mail.settings, claims.milestone, given(mail, claims, answer, what), at=mail.at, inbound=inbound
        )
    except AlreadyReceived:
        # This mail was taken in before, as far as this answer, and came again because the rest was not.
        return Outcome(number=part.number, sentences=(receipts.RECORDED_BEFORE,), task=(claims, task))
    except AnswerRefused as refused:
        return _not_recorded(part, (str(refused),))
    when, to = recorded.sentences[0], _to(mail).key
    every = receipts.recorded_sentences(task, recorded, to=to, more=what.more)
    # Somebody's words and links stand last, so that ours never run into them.
    in_order = sorted(every, key=lambda sentence: sentence == recorded.said)
    return Outcome(
        number=part.number,
        when=when,
        sentences=tuple(sentence for sentence in in_order if sentence != when),
        task=(claims, task),
        climbs=what.answer in AT_ONCE and not recorded.already,
        already=recorded.already,
    )


def _not_recorded(part: Part, sentences: tuple[str, ...]) -> Outcome:
    """Say why nothing was recorded; words that ask for something wait for a person."""
    return Outcome(number=part.number, sentences=sentences, held=part.mail.reading.response in AT_ONCE)


def _receipt(mail: IncomingMail, outcomes: Sequence[Outcome]) -> OutgoingNotice:
    """Write the receipt. It numbers the tasks anew, because an answer to it is read by its own numbers."""
    to, counting = _to(mail), [outcome for outcome in outcomes if outcome.task]
    lines = [f"{number}. {' '.join(outcome.sentences)}" for number, outcome in enumerate(counting, start=1)] + [
        f"Number {outcome.number} of our mail: {' '.join(outcome.sentences)}"
        for outcome in outcomes
        if not outcome.task
    ]
    links = [
        _numbered(number, *outcome.task, to.key, mail)
        for number, outcome in enumerate(counting, start=1)
        if outcome.task
    ]
    lines += [*dict.fromkeys(outcome.when for outcome in counting if outcome.when)][:1]
    if mail.reading.unread:
        lines.append(receipts.FIRST_LINE_ONLY)
    again = bool(counting) and all(outcome.already for outcome in counting)
    return notice_mail(
        mail,
        to,
        key=once_a_day(f"again/{mail.of.message if mail.of else ''}", to.key, at=mail.at)
        if again
        else f"receipt/{mail.id}",
        about="recorded, your answers" if counting else "nothing was changed",
        sentences=lines,
        tasks=links,
    )


def _numbered(
    number: int, claims: TokenClaims, task: TaskContext, to: str, mail: IncomingMail
) -> tuple[TokenClaims, MessageTask]:
    line = receipts.task_line(task, to, link(mail.settings, mail.store.council, number), number=number)
    return claims, line._replace(title=f"{number}. {line.title}") if line.title else line


def _to(mail: IncomingMail) -> Person:
    to = mail.by or mail.asked
    if to is None:
        raise ValueError("There is nobody to write a receipt to.")
    return to
