"""Keep the order of the tests that classify a mail; the first test that holds decides."""

import re
from dataclasses import replace

from timeline.answers.responses import AT_ONCE, Answer
from timeline.replies.absences import absence
from timeline.replies.automatic import automatic_mark, came_through_a_list, is_reaction, probe_token
from timeline.replies.html import visible_text
from timeline.replies.invitations import ReadsCalendar, invitation
from timeline.replies.machines import has_a_machines_words, may_be_a_machines
from timeline.replies.mail import ParsedMail, decoded
from timeline.replies.quotes import above_the_quote, without_sign_off
from timeline.replies.reading import MailReading, NumberedAnswer, ReplyKind, ReplyMailbox
from timeline.replies.reports.report import Report, report
from timeline.replies.reports.returned import returned
from timeline.replies.tokens import bodies, token
from timeline.replies.trust import proof_of_sender, sender
from timeline.replies.words import ReadAnswer, beside_acceptance, casts_doubt, read_answer
from timeline.replies.words.leaving import CHECK_WHO, says_away_for_long, says_left

_CONTRADICTION = "A person must read it: it carries two different references"


def read(raw: bytes, *, mailbox: ReplyMailbox, calendars: ReadsCalendar, asked: str | None = None) -> MailReading:
    """Classify the mail and name the test that decided. `asked` is the address of the person asked, if known.

    `calendars` reads a calendar part into plain values, by a library that this room does without.

    Raises MemoryError and nothing else: a mail that cannot be read is OTHER, and a person looks at it.
    """
    try:
        return _read(ParsedMail(raw), mailbox, asked, calendars)
    except MemoryError:
        raise  # of the process that reads, which may be too full for the next mail (tasks/reading/worker.py)
    except Exception:
        # A stranger's mail must never keep Daymark from reading the mailbox.
        return MailReading(kind=ReplyKind.OTHER, why="The mail is broken and cannot be read.", automatic=True)


def _read(mail: ParsedMail, mailbox: ReplyMailbox, asked: str | None, calendars: ReadsCalendar) -> MailReading:
    probe = probe_token(mail)
    if probe:
        return MailReading(
            kind=ReplyKind.PROBE, token=probe, automatic=True, why="It says that it is ours, to ourselves."
        )
    by = sender(mail)
    reported = report(mail, mailbox)
    answered_token, contradicted = token(mail, mailbox, bodies(mail), returned(mail) if reported else "")
    trusted, proof = proof_of_sender(mail, by, mailbox)
    unattended = automatic_mark(mail, by, mailbox)
    frame = MailReading(
        kind=ReplyKind.OTHER,
        token=answered_token,
        trusted=trusted,
        from_asked=None if asked is None else bool(by) and by == asked.strip().lower(),
        sender=by,
        message_id=mail.first("Message-ID"),
        written_at=mail.written_at,
        automatic=bool(unattended),
    )
    if reported:
        return _reported(frame, reported, asked)
    answered = _invited(mail, frame, calendars) or (None if unattended else _written(mail, frame))
    if answered and came_through_a_list(mail):
        answered = _through_a_list(answered)
    if answered is None:
        mark = unattended or "a mark of a mailing list"
        return _away(mail, replace(frame, why=f"It is automatic mail: it has {mark}.", automatic=True))
    if contradicted:
        return replace(answered, response=None, parts=(), of_all=False, why=f"{_CONTRADICTION}.")
    return replace(answered, why=f"{answered.why}; {proof}.")


def _reported(frame: MailReading, reported: Report, asked: str | None) -> MailReading:
    theirs = (asked or "").strip().lower()
    return replace(
        frame,
        kind=reported.kind,
        why=reported.why,
        automatic=True,
        bounced=theirs if theirs in reported.named else reported.bounced,
        named=reported.named,
        gone=reported.gone,
        said=reported.said,
    )


def _through_a_list(answered: MailReading) -> MailReading | None:
    """Leave a person's answer to a person, as somebody else may read it on the way; None for any other mail."""
    if not (answered.token and answered.trusted and (answered.response or answered.parts)):
        return None
    return replace(
        answered, response=None, parts=(), of_all=False, why="A person must read it: it came through a mailing list"
    )


def _invited(mail: ParsedMail, frame: MailReading, calendars: ReadsCalendar) -> MailReading | None:
    """Read an answer to an invitation. Words beside an acceptance are read as a first line: they may call for help."""
    reply = invitation(mail, frame.sender, calendars)
    if not reply:
        return None
    names = _names(mail)
    note = without_sign_off(_above_the_quote(mail)) or reply.comment
    frame = replace(frame, kind=ReplyKind.CALENDAR, unclear=reply.unclear)
    reading = replace(frame, why=reply.why, calendar_uid=reply.uid, text=note)
    if reply.response is Answer.ACKNOWLEDGED:
        asked = beside_acceptance(note, names)
        why = reply.why if asked else "A person must read what was written with the answer to the invitation"
        text = asked.text if asked and asked.answer is Answer.HELP else note
        return replace(reading, response=asked.answer if asked else None, why=why, text=text)
    if reply.response and note and casts_doubt(note):
        return replace(reading, why="A person must read what was written with the answer to the invitation")
    return replace(reading, response=reply.response)


def _away(mail: ParsedMail, frame: MailReading) -> MailReading:
    """Read the dates of automatic mail, and nothing else."""
    text = _above_the_quote(mail)
    first, last = absence(text, mail.first("Date"))
    left = says_left(text) or (last is None and says_away_for_long(text))
    return replace(frame, kind=ReplyKind.AUTO_REPLY, absent_from=first, absent_until=last, has_left=left)


def _written(mail: ParsedMail, frame: MailReading) -> MailReading:
    """Read the words of a person, unless they are only a reaction."""
    text = _above_the_quote(mail)
    if is_reaction(mail, text):
        return replace(frame, why="It is a reaction, which answers nothing")
    own = without_sign_off(text)
    written = read_answer(own, ours=frame.token, names=_names(mail))
    reading = replace(with_words(frame, written), kind=ReplyKind.RESPONSE, may_be_a_machines=has_a_machines_words(own))
    reading = replace(reading, words=own)
    if not (reading.response or reading.parts):
        left = says_left(text) or says_away_for_long(text)
        return replace(reading, has_left=True, why=f"A person must read it, and {CHECK_WHO}") if left else reading
    doubt = may_be_a_machines(mail, own, calls=reading.response in AT_ONCE)
    return (
        replace(reading, response=None, parts=(), of_all=False, why=f"A person must read it: {doubt}")
        if doubt
        else reading
    )


def with_words(frame: MailReading, written: ReadAnswer) -> MailReading:
    """Add what a person's words say."""
    return replace(
        frame,
        response=written.answer,
        number=written.number,
        evidence=written.evidence,
        text=written.text,
        why=written.why,
        parts=tuple(_numbered(part, part.answer) for part in written.parts if part.answer),
        of_all=written.of_all,
        count=written.count,
        is_done=written.is_done,
        unread=written.unread,
        another_date=written.another_date,
    )


def _numbered(part: ReadAnswer, answer: Answer) -> NumberedAnswer:
    return NumberedAnswer(
        number=part.number or 0, answer=answer, evidence=part.evidence, text=part.text, is_done=part.is_done
    )


def _names(mail: ParsedMail) -> frozenset[str]:
    """Give the words of the sender's name, with which a reply may end."""
    return names_in(decoded(mail.first("From")))


def names_in(name: str) -> frozenset[str]:
    """Give the words of a person's name, in lower case."""
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_][\w'’-]+", name[:200]))


def _above_the_quote(mail: ParsedMail) -> str:
    return above_the_quote(_text(mail))


def _text(mail: ParsedMail) -> str:
    """Return the mail's plain text; if it has none, the text of its HTML outside quotes and signatures."""
    plain = next((text for text in mail.texts("text/plain") if text.strip()), "")
    return plain or next((text for html in mail.texts("text/html") if (text := visible_text(html))), "")
