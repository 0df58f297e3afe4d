"""Tell what an answer by mail comes to: the answer that its words mean for this task, and what of it is recorded."""

from dataclasses import dataclass, replace
from datetime import timedelta

from tasks.council.answers import whose
from tasks.receiving.incoming import LONGEST_TEXT, IncomingMail
from timeline.answers.case_details import refusal
from timeline.answers.responses import AT_ONCE, Answer, Given
from timeline.delivery.messages import TokenClaims
from timeline.escalation.task_context import TaskContext
from timeline.letters import receipt as receipts
from timeline.programme.asked.figures import figures_asked, read_figures
from timeline.programme.asked.own_actions import answer_of, foreign_sentences, read_for
from timeline.programme.asked.stands import ReadStands
from timeline.replies.reader import names_in, with_words
from timeline.replies.reading import ReplyKind
from timeline.replies.words import read_answer, says_more

_TOO_FAST = "It came within a minute of our mail, with words that a machine may have written."
_SHARED = "It came from a shared mailbox, with words that a machine may have written."
# A mail has the instant at which the run began that sent it, which may be a minute before it left.
_AT_ONCE = timedelta(minutes=2)
_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Said:
    """Hold the answer to be recorded from a mail; `more` is what its receipt says besides."""

    answer: Answer
    evidence: str = ""
    text: str = ""
    held_back: bool = False
    more: tuple[str, ...] = ()


def meant(mail: IncomingMail, task: TaskContext) -> Answer | None:
    """Give the answer that the words mean for this task; None when a person must read it.

    “Confirmed” about a task that nobody recorded as done may mean that the mail came in; “I can confirm that this is
    done” means that it is done.
    """
    if read := stands_in(mail, task):
        return None if read.unclear else Answer.DONE if task.status.is_done else answer_of(task, read)
    if mail.reading.response is not Answer.CONFIRMED or task.status.is_done:
        return mail.reading.response
    return Answer.DONE if mail.reading.is_done else None


def stands_in(mail: IncomingMail, task: TaskContext) -> ReadStands | None:
    """Read how actions stand in a reply to a task that asks about them; None where its words say nothing of them."""
    return read_for(task, mail.reading.words, names_in(mail.by.name) if mail.by else frozenset())


def beside_figures(mail: IncomingMail, task: TaskContext) -> IncomingMail:
    """Read the words again without the lines of figures that the task asks for.

    A mark behind "done" or figures that stand first do not hide an answer. Figures alone say that somebody has it.
    """
    reading, names = mail.reading, names_in(mail.by.name) if mail.by else frozenset()
    asked = () if reading.response or reading.another_date or reading.automatic else figures_asked(task)
    read = read_figures(reading.text, asked) if asked else None
    if read is None or not read.own or mail.reading.kind is not ReplyKind.RESPONSE:
        return mail
    rest = "\n".join(read.other)
    if not read.foreign and not says_more(rest, names=names):
        return replace(mail, reading=replace(reading, response=Answer.ACKNOWLEDGED, why="It gives figures"))
    again = with_words(reading, read_answer(rest, ours=reading.token, names=names))
    return replace(mail, reading=replace(again, text=reading.text))


def said(mail: IncomingMail, answer: Answer, task: TaskContext) -> Said:
    """Give what is recorded: no words that may name a child, and no done without evidence.

    Where the task asks for figures, their lines are recorded with the answer; all of them together are its evidence.
    """
    if (read_stands := stands_in(mail, task)) and read_stands.said:
        return _of_actions(read_stands, answer)
    asked = figures_asked(task) if answer in (Answer.ACKNOWLEDGED, Answer.DONE) else ()
    read = read_figures(mail.reading.text, asked) if asked else None
    if read is None or not (read.own or read.foreign):
        return _said(mail, answer)
    complete = answer is Answer.DONE and not read.missing(asked) and refusal(mail.reading.text) is None
    plain = Said(answer=answer, evidence=mail.reading.evidence) if complete else _said(mail, answer)
    if plain.held_back:
        return plain
    more = [each for each in plain.more if each != receipts.FIRST_LINE_ONLY]
    names = names_in(mail.by.name) if mail.by else frozenset()
    if says_more("\n".join(read.other[1:]), names=names):
        more.append(receipts.FIRST_LINE_AND_FIGURES)
    lines = "\n".join((*filter(None, [plain.text]), *read.own, *read.foreign))
    return replace(plain, text=lines, more=tuple(more))


def _of_actions(read: ReadStands, answer: Answer) -> Said:
    """Give the lines about actions; words that may name a child are left out of them."""
    lines = "\n".join(each.line for each in read.said)
    if refusal(lines) is None:
        return Said(answer=answer, text=lines, more=foreign_sentences(read))
    bare = "\n".join(each._replace(why="").line for each in read.said)
    return Said(answer=answer, text=bare, held_back=True, more=(receipts.WORDS_HELD_BACK,))


def _said(mail: IncomingMail, answer: Answer) -> Said:
    text, evidence = mail.reading.text[:LONGEST_TEXT], mail.reading.evidence
    hidden = refusal(f"{text}\n{evidence}") is not None
    more = (receipts.WORDS_HELD_BACK,) if hidden else ()
    if answer in AT_ONCE:
        return Said(answer=answer, text="" if hidden else text, held_back=hidden, more=more)
    if answer is Answer.DONE and (not evidence or hidden):
        asks = (*more, receipts.ASKS_EVIDENCE)
        return Said(answer=Answer.ACKNOWLEDGED, text=receipts.SAYS_DONE, held_back=hidden, more=asks)
    more = (*more, *([receipts.FIRST_LINE_ONLY] if mail.reading.unread and not hidden else []))
    return Said(answer=answer, evidence=evidence, held_back=hidden, more=more)


def given(mail: IncomingMail, claims: TokenClaims, answer: Answer, said: Said) -> Given:
    """Give the answer as `record_response` takes it, with both names where somebody answers for another."""
    person = whose(claims, answer)
    other = mail.by if mail.by and mail.by.key != person else None
    return Given(
        person=person,
        answer=said.answer,
        via=mail.via,
        evidence=said.evidence,
        text=said.text,
        answered_by=other.name if other else "",
        by=other.key if other else "",
    )


def why_a_machines(mail: IncomingMail) -> str:
    """Say why an acknowledgement in a machine's words may be a machine's; empty when a person wrote it.

    Nobody sets a machine up to say “ack”, “will do” or “done, here is the link”: such an answer counts at once.
    """
    if not mail.reading.may_be_a_machines or not mail.by:
        return ""
    if mail.by.shared:
        return _SHARED
    return _TOO_FAST if _came_at_once(mail, mail.by.key) else ""


def _came_at_once(mail: IncomingMail, sender: str) -> bool:
    written_at = mail.reading.written_at
    if written_at is None:
        return False
    since, until = written_at - _AT_ONCE, written_at + _CLOCKS_DIFFER
    return mail.store.outbox.anything_left(sender, since=since, until=until)
