"""Tell what an answer by mail comes to: the answer that its words mean for this task, and what of it is recorded."""

from dataclasses import dataclass

from tasks.council.answers import Given, whose
from tasks.receiving.incoming import LONGEST_TEXT, IncomingMail
from timeline.answers.case_details import refusal
from timeline.answers.responses import AT_ONCE, Answer
from timeline.delivery.messages import TokenClaims
from timeline.escalation.task_context import TaskContext
from timeline.letters import receipt as receipts


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
    if mail.reading.response is not Answer.CONFIRMED or task.status.is_done:
        return mail.reading.response
    return Answer.DONE if mail.reading.is_done else None


def said(mail: IncomingMail, answer: Answer) -> Said:
    """Give what is recorded: no words that may name a child, and no done without evidence."""
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
