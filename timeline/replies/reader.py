"""The order in which a mail is tested for what it is; the first test that holds decides."""

from dataclasses import replace

from timeline.replies.absence import absence
from timeline.replies.answers import casts_doubt, read_answer
from timeline.replies.automatic import automatic_mark, is_reaction, probe_token
from timeline.replies.delivery_reports import report, returned
from timeline.replies.html import visible_text
from timeline.replies.invitations import invitation
from timeline.replies.mail import ParsedMail
from timeline.replies.quotes import above_the_quote, without_invisible, without_sign_off
from timeline.replies.reading import MailReading, ReplyKind, ReplyMailbox
from timeline.replies.tokens import bodies, token
from timeline.replies.trust import proof_of_sender, sender

_CONTRADICTION = "A person must read it: it carries two different references"


def read(raw: bytes, *, mailbox: ReplyMailbox, asked: str | None = None) -> MailReading:
    """What the mail is taken for, and which test decided. `asked` is the address of the person asked, if known.

    Nothing raises: what cannot be read is OTHER, and a person looks at it.
    """
    try:
        return _read(ParsedMail(raw), mailbox, asked)
    except Exception:
        # Whatever a stranger sends must not stop the mailbox from being read.
        return MailReading(kind=ReplyKind.OTHER, why="The mail is broken and cannot be read.", automatic=True)


def _read(mail: ParsedMail, mailbox: ReplyMailbox, asked: str | None) -> MailReading:
    tried = probe_token(mail)
    if tried:
        return MailReading(
            kind=ReplyKind.PROBE, token=tried, automatic=True, why="It says that it is ours, to ourselves."
        )
    by = sender(mail)
    reported = report(mail)
    found, contradicted = token(mail, mailbox, bodies(mail), returned(mail) if reported else "")
    trusted, proof = proof_of_sender(mail, by, mailbox)
    unattended = automatic_mark(mail, by, mailbox)
    frame = MailReading(
        kind=ReplyKind.OTHER,
        token=found,
        trusted=trusted,
        from_asked=None if asked is None else bool(by) and by == asked.strip().lower(),
        sender=by,
        message_id=mail.first("Message-ID"),
        automatic=bool(unattended),
    )
    if reported:
        return replace(frame, kind=reported.kind, why=reported.why, bounced=reported.bounced, automatic=True)
    answered = _invited(mail, frame) or (None if unattended else _written(mail, frame))
    if answered is None:
        return _away(mail, replace(frame, why=f"It is automatic mail: it has {unattended}."))
    if contradicted:
        return replace(answered, response=None, why=f"{_CONTRADICTION}.")
    return replace(answered, why=f"{answered.why}; {proof}.")


def _invited(mail: ParsedMail, frame: MailReading) -> MailReading | None:
    """An answer to an invitation; a word of doubt beside it is for a person."""
    found = invitation(mail, frame.sender)
    if not found:
        return None
    note = without_sign_off(_above_the_quote(mail))
    reading = replace(frame, kind=ReplyKind.CALENDAR, why=found.why, calendar_uid=found.uid, text=note)
    if found.response and note and casts_doubt(note):
        return replace(reading, why="A person must read what was written with the answer to the invitation")
    return replace(reading, response=found.response)


def _away(mail: ParsedMail, frame: MailReading) -> MailReading:
    """Automatic mail: its dates, and nothing else of what it says."""
    first, last = absence(without_invisible(_text(mail)), mail.first("Date"))
    return replace(frame, kind=ReplyKind.AUTO_REPLY, absent_from=first, absent_until=last)


def _written(mail: ParsedMail, frame: MailReading) -> MailReading:
    """What a person wrote, if it was a person."""
    text = _above_the_quote(mail)
    if is_reaction(mail, text):
        return replace(frame, why="It is a reaction, which answers nothing")
    found = read_answer(without_sign_off(text), ours=frame.token)
    return replace(
        frame,
        kind=ReplyKind.RESPONSE,
        response=found.answer,
        number=found.number,
        evidence=found.evidence,
        text=found.text,
        why=found.why,
    )


def _above_the_quote(mail: ParsedMail) -> str:
    return above_the_quote(_text(mail))


def _text(mail: ParsedMail) -> str:
    """The mail's plain text; where it has none, what its HTML shows outside quotes and signatures."""
    plain = next((text for text in mail.texts("text/plain") if text.strip()), "")
    return plain or next((text for html in mail.texts("text/html") if (text := visible_text(html))), "")
