"""Record an answer by mail, once, if it is clear and from somebody who may give it; otherwise hold it for a person."""

from collections.abc import Sequence
from dataclasses import replace

from models.store import OutgoingNotice
from tasks.council.answers import record_response
from tasks.links.link_target import task_of
from tasks.receiving.incoming import IncomingMail, IntakeResult
from tasks.receiving.mail_receipts import (
    date_asked_for,
    not_recorded,
    not_this_time,
    receipt_for,
    somebody_else_answered,
    unclear,
)
from tasks.receiving.record_answer import beside_figures, given, meant, said, stands_in, why_a_machines
from tasks.receiving.several_answers import take_several
from timeline.answers.inbound import InboundState
from timeline.answers.responses import AT_ONCE, Answer, AnswerRefused
from timeline.definitions.people import Person
from timeline.delivery.messages import UNASKED, Message, TokenClaims
from timeline.escalation.task_context import TaskContext
from timeline.ical.entries import uid
from timeline.letters import receipt as receipts
from timeline.letters.page_views import DeadLink, Recorded
from timeline.letters.receipt import dead_sentences
from timeline.programme.asked.stands import HOW
from timeline.replies.reading import ReplyKind

TELLS_STANDS = "It says how actions stand."
HELD, IGNORED, RECORDED = InboundState.HELD, InboundState.IGNORED, InboundState.RECORDED


def take_answer(mail: IncomingMail) -> IntakeResult:
    """Record what a response or a calendar reply says, or hold it; a sender who may answer gets a mail in any case."""
    if mail.of is None or mail.asked is None:
        return mail.heard(HELD, "It carries no reference of ours, so nobody was answered.")
    if mail.reading.automatic and not (mail.reading.kind is ReplyKind.CALENDAR and mail.stand):
        return mail.heard(IGNORED, f"It is automatic, and answers for nobody. {mail.reading.why}")
    if _asks_nothing(mail, mail.of):
        return _unasked(mail)
    if mail.stand is None:
        return _from_somebody_else(mail, mail.of, mail.reader or mail.asked)
    if mail.reading.kind is ReplyKind.CALENDAR:
        return _invited(mail, mail.of)
    return _answered(mail, mail.of)


def _answered(mail: IncomingMail, claims: TokenClaims) -> IntakeResult:
    if why := why_a_machines(mail):
        return mail.heard(HELD, f"{why} {mail.reading.why}", notice=unclear(mail, receipts.NOT_CLEAR))
    if alone := _about_actions(mail, claims):
        return _about(replace(mail, reading=replace(mail.reading, why=TELLS_STANDS)), alone)
    if mail.reading.parts or mail.reading.of_all:
        return take_several(mail, _tasks(mail, claims))
    of = _which_task(mail, claims)
    if mail.reading.another_date:
        return _another_date(mail, None if isinstance(of, str) else of)
    if isinstance(of, str):
        # Words that were not understood may well have said which task.
        asks, why = (of, "It does not say which task. ") if mail.reading.response else (receipts.NOT_CLEAR, "")
        return mail.heard(HELD, f"{why}{mail.reading.why}", notice=unclear(mail, asks))
    return _about(mail, of)


def _about_actions(mail: IncomingMail, claims: TokenClaims) -> TokenClaims | None:
    """Give the only task of a mail that asks how actions stand, where the reply speaks of them: a digit is then no
    number of a task.
    """
    tasks = _tasks(mail, claims)
    task = task_of(tasks[0], mail.load(tasks[0].milestone), at=mail.at) if len(tasks) == 1 else None
    return tasks[0] if isinstance(task, TaskContext) and stands_in(mail, task) else None


def _asks_nothing(mail: IncomingMail, claims: TokenClaims) -> bool:
    message = mail.store.outbox.message(claims.message) if claims.message and not claims.milestone else None
    return message is not None and message.kind in UNASKED


def _unasked(mail: IncomingMail) -> IntakeResult:
    """Hold an answer to the Monday mail for a person, and record nothing.

    That mail is made to be forwarded, so anybody may answer it; the director is not asked again.
    """
    told = not_recorded(mail, "nothing was recorded", (receipts.NOTHING_ASKED,)) if mail.stand else None
    return mail.heard(HELD, f"It answers a mail that asks for nothing. {mail.reading.why}", notice=told)


def take_reaction(mail: IncomingMail) -> IntakeResult:
    """Send the link if somebody who may answer put a thumb under our mail: a thumb is no answer."""
    if mail.reading.automatic:
        return mail.heard(HELD, mail.reading.why)
    told = unclear(mail, receipts.A_REACTION) if mail.stand else None
    return mail.heard(IGNORED, mail.reading.why, notice=told)


def _invited(mail: IncomingMail, claims: TokenClaims) -> IntakeResult:
    """Take acceptance as an acknowledgement of the task whose own entry it is, never of the papers of a meeting.

    A call for help beside it is a call for help with that task. Declining a time declines no task, and asks nobody
    else.
    """
    if mail.reading.response is Answer.DECLINED:
        why = "It declines an invitation: cannot make this time. Nobody else was told."
        return mail.heard(HELD, why, notice=not_this_time(mail, claims))
    if mail.reading.automatic and mail.reading.response:
        why = f"A calendar may have answered by itself. {mail.reading.why}"
        return mail.heard(HELD, why, notice=unclear(mail, receipts.NOT_CLEAR))
    if mail.reading.unclear:
        return mail.heard(HELD, mail.reading.why, notice=unclear(mail, receipts.NOT_CLEAR))
    entry = mail.reading.calendar_uid.partition("@")[0].lower()
    theirs = (claims for claims in _tasks(mail, claims) if uid(mail.store.council, claims.milestone) == entry)
    task = next(theirs, None) if mail.reading.response else None
    if task is None:
        state = HELD if mail.reading.text else IGNORED
        return mail.heard(state, f"{mail.reading.why} It acknowledges no task.")
    return _about(mail, task)


def _another_date(mail: IncomingMail, claims: TokenClaims | None) -> IntakeResult:
    """Show the words to the programme team, who decide about dates; until then the date stands."""
    lead = mail.timeline.directory.posts[mail.timeline.council.programme_lead].title
    return mail.heard(HELD, mail.reading.why, claims=claims, notice=date_asked_for(mail, lead))


def _about(mail: IncomingMail, claims: TokenClaims) -> IntakeResult:
    behind = task_of(claims, mail.load(claims.milestone), at=mail.at)
    if isinstance(behind, DeadLink):
        return _too_late(mail, claims, behind)
    mail = beside_figures(mail, behind)
    answer = meant(mail, behind)
    if answer is None:
        asks = f"{receipts.NOT_CLEAR} {HOW}" if behind.milestone.asks_owner else receipts.NOT_CLEAR
        return mail.heard(HELD, mail.reading.why, claims=claims, notice=unclear(mail, asks))
    return _record(mail, claims, answer, behind)


def _record(mail: IncomingMail, claims: TokenClaims, answer: Answer, task: TaskContext) -> IntakeResult:
    what = said(mail, answer, task)
    state = HELD if what.held_back else RECORDED
    why = "Recorded without its words, which a person must look at." if what.held_back else mail.reading.why
    inbound = mail.inbound(state, why, claims=claims, **({"held_back": True} if what.held_back else {}))

    def receipt(task: TaskContext, recorded: Recorded) -> OutgoingNotice:
        return receipt_for(mail, claims, what.answer, task, recorded, what.more)

    answered = given(mail, claims, answer, what)
    try:
        recorded = record_response(
            mail.store,
            mail.settings,
            claims.milestone,
            answered,
            at=mail.at,
            inbound=inbound,
            receipt=receipt,
            gathered=mail.load(claims.milestone),
        )
    except AnswerRefused as refused:
        return _refused(mail, claims, str(refused))
    climbs = what.answer in AT_ONCE and not recorded.already
    return mail.taken(state, why, asks_for_help=climbs)


def _which_task(mail: IncomingMail, claims: TokenClaims) -> TokenClaims | str:
    """Give the token of the task that is answered, or the sentence that asks which task is meant."""
    number = mail.reading.number
    if not claims.message:
        return claims if number in (None, 1) else receipts.NO_SUCH_TASK
    tasks = _tasks(mail, claims)
    if number is None:
        return tasks[0] if len(tasks) == 1 else receipts.WHICH_TASK
    return tasks[number - 1] if number <= len(tasks) else receipts.NO_SUCH_TASK


def _tasks(mail: IncomingMail, claims: TokenClaims) -> Sequence[TokenClaims]:
    """List the tasks of the mail that is answered, in the order of their numbers."""
    if not claims.message:
        return (claims,)
    message = mail.store.outbox.message(claims.message)
    return message.tokens[1:] if message and is_numbered(message) else ()


def is_numbered(message: Message) -> bool:
    """Tell whether its links stand in the order of its numbers: a correction has no link for what is off."""
    return not message.prompts or len(message.prompts) == len(message.tokens) - 1


def _from_somebody_else(mail: IncomingMail, claims: TokenClaims, reader: Person) -> IntakeResult:
    """Hold it. The reader of our mail hears of it at the directory's address, the sender hears nothing."""
    proved = mail.reading.trusted
    who = "It is not from the person asked, a deputy or an assistant." if proved else "Its sender is not proved."
    alive = _still_asked(mail, claims)
    notice = somebody_else_answered(mail, claims, reader, proved=proved) if alive else None
    return mail.heard(HELD, f"{who} {mail.reading.why}", notice=notice)


def _still_asked(mail: IncomingMail, claims: TokenClaims) -> bool:
    if claims.message:
        return bool(mail.timeline.directory.posts_of(claims.person, on=mail.on))
    return not isinstance(task_of(claims, mail.load(claims.milestone), at=mail.at), DeadLink)


def _too_late(mail: IncomingMail, claims: TokenClaims, dead: DeadLink) -> IntakeResult:
    """Record nothing about an old date, but keep words that ask for something for a person to read.

    Whatever comes to a council that has ended is kept: those that follow it may not have been told.
    """
    ended = dead.reason == "ended"
    state = IGNORED if mail.reading.response is Answer.ACKNOWLEDGED and not ended else HELD
    why = f"It answers a link that no longer holds: {dead.reason}."
    about = "the council has ended" if ended else "your answer came too late"
    return mail.heard(state, why, claims=claims, notice=not_recorded(mail, about, dead_sentences(dead)))


def _refused(mail: IncomingMail, claims: TokenClaims, sentence: str) -> IntakeResult:
    state = HELD if mail.reading.response in (*AT_ONCE, Answer.CONFIRMED) else IGNORED
    return mail.heard(
        state, f"Not recorded. {sentence}", claims=claims, notice=not_recorded(mail, "nothing was changed", (sentence,))
    )
