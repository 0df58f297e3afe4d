"""Write the mails that answer a mail: receipts, a link where nothing could be recorded, and what others must be
told.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from config.houses.own import pages_of
from config.rendering.templates import render
from config.settings import Settings
from models.store import OutgoingNotice
from tasks.council.tokens import token_hash, token_hashes
from tasks.receiving.incoming import IncomingMail
from timeline.answers.responses import Answer
from timeline.calendar.london import in_london
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims, TokenKind, new_message, own_token
from timeline.escalation.task_context import TaskContext
from timeline.letters import receipt as receipts
from timeline.letters.page_views import MessageTask, Recorded
from timeline.letters.receipt import ReceiptView, heading, recorded_sentences, subject

RECEIPT = "receipt"
"""The kind of a message that answers the reader's own: it silences every automatic reply to it."""
NOTICE = "notice"


def notice_mail(
    mail: IncomingMail,
    to: Person,
    *,
    key: str,
    about: str,
    sentences: Sequence[str],
    tasks: Sequence[tuple[TokenClaims, MessageTask]] = (),
    kind: str = RECEIPT,
    template: str = "receipt",
    answers: bool = True,
) -> OutgoingNotice:
    """Write a mail to a person; a reply to it answers the first of `tasks`.

    Each task's link has a place for its token (see `link`). `answers`: it goes back to whoever wrote.
    """
    council = mail.timeline.council
    links = [claims.as_kind(TokenKind.PAGE) for claims, _ in tasks]
    reply = links[0].as_kind(TokenKind.REPLY) if len(links) == 1 else own_token(to.key, key)
    tokens = (reply, *links)
    view = ReceiptView(
        programme_name=council.programme,
        council_name=council.name,
        greeting_name=to.name,
        sentences=tuple(sentences),
        tasks=tuple(line for _, line in tasks),
        ref="«token 0»",
    )
    message = new_message(
        key,
        kind,
        to=to.key,
        subject=subject(council, about),
        text=render(f"mail/{template}.txt.jinja", mail=view),
        html=render(f"mail/{template}.html.jinja", mail=view),
        tokens=tokens,
        at=mail.at,
        in_reply_to=_answerable(mail.reading.message_id) if answers else "",
    )
    return OutgoingNotice(message, token_hashes(message, mail.store.council, mail.settings.secret()))


def _answerable(message_id: str) -> str:
    """Give a Message-ID that a header of ours may name; empty if no mail system should have written it."""
    return message_id if re.fullmatch(r"<[!-;=?-~]{1,500}>", message_id) else ""


def link(settings: Settings, council: str, number: int = 1) -> str:
    """Give the address of a council's task in a mail, with a place for its token."""
    return f"{pages_of(settings, council)}/r/«token {number}»"


def once_a_day(what: str, person: str, *, at: datetime) -> str:
    """Give a key that is the same for the whole day in London: its mail leaves once, so two machines cannot loop."""
    return f"{what}/{person}/{in_london(at):%Y-%m-%d}"


def receipt_for(
    mail: IncomingMail, claims: TokenClaims, answer: Answer, task: TaskContext, recorded: Recorded, more: Sequence[str]
) -> OutgoingNotice:
    """Write to whoever answered. The same answer again has a single receipt a day: a machine may have sent it."""
    to = mail.by or mail.asked
    if to is None:
        raise ValueError("There is nobody to write a receipt to.")
    again = once_a_day(f"again/{claims.milestone}", to.key, at=mail.at)
    return notice_mail(
        mail,
        to,
        key=again if recorded.already else f"receipt/{mail.id}",
        about=heading(answer),
        sentences=recorded_sentences(task, recorded, to=to.key, more=(*more, receipts.SAME_LINK)),
        tasks=[(claims, MessageTask(1, "", "", link(mail.settings, mail.store.council)))],
    )


def unclear(mail: IncomingMail, sentence: str) -> OutgoingNotice | None:
    """Write to a sender who may answer, once a day."""
    return ask_again(mail, mail.of, mail.by, (sentence,)) if mail.of and mail.by else None


def date_asked_for(mail: IncomingMail, lead: str) -> OutgoingNotice | None:
    """Tell whoever asks for another date who decides; once a day."""
    if mail.of is None or mail.by is None:
        return None
    key, told = once_a_day("another-date", mail.by.key, at=mail.at), (receipts.another_date(lead),)
    return ask_again(mail, mail.of, mail.by, told, key=key, about=receipts.ABOUT_ANOTHER_DATE)


def not_this_time(mail: IncomingMail, claims: TokenClaims) -> OutgoingNotice | None:
    """Write once for each invitation."""
    once = f"not-this-time/{mail.by.key}/{token_hash(mail.reading.calendar_uid)[:16]}" if mail.by else ""
    told, about = (receipts.NOT_THIS_TIME,), receipts.ABOUT_NOT_THIS_TIME
    return ask_again(mail, claims, mail.by, told, key=once, about=about) if mail.by else None


def somebody_else_answered(mail: IncomingMail, claims: TokenClaims, reader: Person, *, proved: bool) -> OutgoingNotice:
    """Write to the reader of our mail, who has answered nothing: "once more" would puzzle them."""
    told = receipts.NOT_ASKED if proved else receipts.NOT_PROVED
    about = receipts.ABOUT_NOT_ASKED if proved else receipts.ABOUT_NOT_PROVED
    return ask_again(mail, claims, reader, (told,), about=about)


def ask_again(
    mail: IncomingMail,
    claims: TokenClaims,
    to: Person,
    sentences: Sequence[str],
    *,
    key: str = "",
    about: str = receipts.ABOUT_NOT_CLEAR,
) -> OutgoingNotice:
    return notice_mail(
        mail,
        to,
        key=key or once_a_day("unclear", to.key, at=mail.at),
        about=about,
        sentences=sentences,
        tasks=[(claims, MessageTask(1, "", "", link(mail.settings, mail.store.council)))],
        template="unclear",
        answers=to == mail.by,
    )


def not_recorded(mail: IncomingMail, about: str, sentences: Sequence[str]) -> OutgoingNotice | None:
    """Write to a sender who may answer, without a link: there is nothing to answer now."""
    if mail.by is None:
        return None
    return notice_mail(
        mail,
        mail.by,
        key=once_a_day("not-recorded", mail.by.key, at=mail.at),
        about=about,
        sentences=sentences,
    )
