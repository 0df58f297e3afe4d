"""Make a stored message of prompts, and the mail of a stored message, byte for byte the same on every attempt."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from typing import NamedTuple

from config.channels import CARDS, Channel, Form
from config.rendering.icalendar import carried, filled, invitation_text
from config.rendering.templates import render
from config.settings import Settings
from config.values import is_this_machine
from tasks.channels.receipt import Payload
from tasks.channels.smtp.message import OutgoingMail
from tasks.council.tokens import derive, tokens_of
from timeline.definitions.people import Person
from timeline.delivery.message_groups import MessageGroup
from timeline.delivery.messages import (
    Message,
    TokenClaims,
    TokenKind,
    envelope_token,
    new_message,
    own_token,
)
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext
from timeline.ical.invitations import Invitation, organizer
from timeline.letters.bot_cards.answered import others_for
from timeline.letters.bot_cards.buttons import Choice
from timeline.letters.card import acting_card, as_json, card, correction_card, neutral_lines
from timeline.letters.correction import CorrectionView, correction_subject, correction_view, linked
from timeline.letters.mail_views import MailView
from timeline.letters.reminder import mail_kind, mail_view, subject
from timeline.letters.text_message import short_text


class Words(NamedTuple):
    """Hold the words of a message. `html` is the HTML of a mail, or the JSON of a card; empty for text alone."""

    text: str
    html: str


def words_of(view: MailView | CorrectionView, channel: Channel, person: Person, others: Sequence[Choice] = ()) -> Words:
    """Write the words that are stored; where several people read, neutral words: dates, and no links."""
    name = "correction" if isinstance(view, CorrectionView) else "reminder"
    if channel.form is Form.MAIL:
        return Words(render(f"mail/{name}.txt.jinja", mail=view), render(f"mail/{name}.html.jinja", mail=view))
    text = _in_a_room(view) if channel.several else _alone(name, view, channel)
    if channel.form is Form.BOT and not channel.several:
        return Words(text, as_json(acting_card(view, others=others)))
    return Words(text, _card(view, channel, person) if channel.form in CARDS else "")


def _alone(name: str, view: MailView | CorrectionView, channel: Channel) -> str:
    if channel.form is Form.SHORT:
        return short_text(view)
    return render(f"mail/{name}.txt.jinja", mail=view)


def _card(view: MailView | CorrectionView, channel: Channel, person: Person) -> str:
    if isinstance(view, CorrectionView):
        return as_json(correction_card(view, several=channel.several, teams=person.teams))
    return as_json(card(view, several=channel.several, teams=person.teams))


def _in_a_room(view: MailView | CorrectionView) -> str:
    """Write the duties and the coming dates, and nothing about anybody."""
    return "\n".join((f"{view.programme_name} – {view.council_name}", *(f"{line}." for line in neutral_lines(view))))


# A stranger wrote the header: only a Message-ID is taken from it.
_A_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>")


def compose(
    group: MessageGroup,
    tasks: Mapping[int, TaskContext],
    person: Person,
    settings: Settings,
    *,
    invitation: Invitation | None = None,
) -> Message:
    """Compose the message of a group; `tasks` by the id of each prompt. Tokens stand as «token 0» and so on."""
    told = [(pending.prompt, tasks[pending.id]) for pending in group.prompts]
    at, channel = told[0][1].at, settings.ways()[group.channel]
    key = f"{group.channel}/{group.deliver_to}/{at:%Y-%m-%dT%H:%M%z}/{min(pending.id for pending in group.prompts)}"
    answered = linked(told) if group.corrects else told
    # Where several people read there is no link, because whoever has it may answer.
    tokens = () if channel.several else _tokens(group, key, answered, channel.form)
    urls = [f"{settings.base_url}/r/«token {number}»" for number in range(1, len(answered) + 1)]
    replies = channel.form is Form.MAIL and reads_replies(settings)
    view = _view(group, told, person, [""] * len(urls) if channel.several else urls, replies=replies)
    if group.on_behalf_of:
        view = _to_somebody_else(view, group, told[0][1], channel.form)
    others = others_for(told[0][1], person.key) if channel.form is Form.BOT and len(told) == 1 else ()
    words = words_of(view, channel, person, others)
    return new_message(
        key,
        "correction" if group.corrects else mail_kind([prompt for prompt, _ in told]),
        to=group.deliver_to,
        channel=group.channel,
        subject=_subject(group, told, channel),
        text=words.text,
        html=words.html,
        tokens=tokens,
        prompts=tuple(pending.id for pending in group.prompts),
        at=at,
        calendar=calendar_part(invitation, person, settings, at) if invitation else "",
    )


def reads_replies(settings: Settings) -> bool:
    """Tell whether answers by mail are read: from a mailbox, by LMTP, or by the catcher of this machine."""
    return bool(settings.imap_host or settings.lmtp_port) or (settings.catches_mail and is_this_machine(settings.bind))


def _subject(group: MessageGroup, told: Sequence[tuple[Prompt, TaskContext]], channel: Channel) -> str:
    if channel.several:
        return f"{told[0][1].council.programme}: coming dates"
    return correction_subject(told) if group.corrects else subject(told)


def calendar_part(given: Invitation, person: Person, settings: Settings, at: datetime) -> str:
    """Write what a mail to this person says to a calendar, as it is stored."""
    name, _ = parseaddr(settings.mail_from)
    return invitation_text(given, address=settings.mail_address, name=name, attendee=person.name, at=at)


def _view(
    group: MessageGroup,
    told: Sequence[tuple[Prompt, TaskContext]],
    person: Person,
    urls: Sequence[str],
    *,
    replies: bool,
) -> MailView | CorrectionView:
    if group.corrects:
        return correction_view(told, person, urls, ref="«token 0»", replies=replies)
    return mail_view(told, person, urls, ref="«token 0»", replies=replies)


def _to_somebody_else(
    view: MailView | CorrectionView, group: MessageGroup, task: TaskContext, form: Form
) -> MailView | CorrectionView:
    """Say whom the message is for, and why it comes to a deputy or a line manager."""
    asked = task.timeline.directory.people[group.on_behalf_of]
    if form is Form.SHORT:
        return replace(view, programme_name=f"For {asked.name}, whom we could not reach")
    deputy = task.timeline.directory.deputy_of(asked.key, on=task.on)
    their = "deputy" if deputy and deputy.person.key == group.deliver_to else "line manager"
    why = f"This is for {asked.name}. We could not reach them, so it comes to you as their {their}."
    return replace(view, shadow_for=f"{view.shadow_for} {why}".strip())


def _tokens(
    group: MessageGroup, key: str, answered: Sequence[tuple[Prompt, TaskContext]], form: Form
) -> tuple[TokenClaims, ...]:
    """List the token of a reply, then those of the links; only a task that can be answered has a link.

    That of a reply is bound to the only task, else to the message. A text message and a card have a page's instead.
    """
    prompts = {prompt.key for prompt, _ in answered}
    asked, stand_in = (group.on_behalf_of, group.deliver_to) if group.on_behalf_of else (group.deliver_to, "")
    tasks = [
        TokenClaims(
            person=asked,
            milestone=pending.milestone.ref,
            due_on=pending.prompt.key.due_on,
            generation=pending.generation,
            stand_in=stand_in,
        )
        for pending in group.prompts
        if pending.prompt.key in prompts
    ]
    alone = len(tasks) == len(group.prompts) == 1
    first = tasks[0].as_kind(TokenKind.REPLY) if alone else own_token(asked, key, stand_in=stand_in)
    return (first.as_kind(TokenKind.PAGE) if form in (Form.SHORT, *CARDS) and not alone else first, *tasks)


def mail(message: Message, person: Person, council: str, settings: Settings) -> OutgoingMail:
    """Build the mail of a stored message, with its tokens in place.

    The token of a link stands in no header: colleagues in copy and the logs of relays have those.
    """
    tokens = tokens_of(message, council, settings.secret())
    local, domain = settings.mail_address.rsplit("@", 1)
    reply_to = f"{local}+{tokens[0]}@{domain}"
    name, _ = parseaddr(settings.mail_from)
    return OutgoingMail(
        to_address=person.address,
        to_name=person.name,
        from_=settings.mail_from,
        reply_to=f"{name} <{reply_to}>" if name else reply_to,
        envelope_from=f"{local}+{derive(settings.secret(), council, envelope_token(message))}@{domain}",
        subject=f"{message.subject} [ref:{tokens[0]}]",
        text=_filled(message.text, tokens),
        html=_filled(message.html, tokens),
        message_id=f"<r.{tokens[0]}.{_number(message.key)}@{domain}>",
        date=message.composed_at,
        headers=_headers(message),
        calendar=_entry(message, person, council, settings),
    )


def _entry(message: Message, person: Person, council: str, settings: Settings) -> str | None:
    """Give the calendar part of the mail. An answer to it comes to an address that stays the same for this entry."""
    if not message.calendar:
        return None
    claims = organizer(person.key, carried(message.calendar).uid)
    return filled(message.calendar, token=derive(settings.secret(), council, claims), address=person.address)


def payload(message: Message, person: Person, council: str, settings: Settings, *, form: Form) -> Payload:
    """Build what a channel other than mail carries of a stored message, with its tokens in place."""
    tokens = tokens_of(message, council, settings.secret())
    return Payload(
        key=message.key,
        to_name=person.name,
        to_address=person.address,
        to_phone=person.phone,
        to_teams=person.teams,
        subject=message.subject,
        text=_filled(message.text, tokens),
        rich=_filled(message.html, tokens) if form in CARDS else "",
    )


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    """Keep automatic replies away from a receipt, and thread it below the mail that it answers."""
    if message.kind != "receipt":
        return ()
    answered = message.in_reply_to if _A_MESSAGE_ID.fullmatch(message.in_reply_to) else ""
    thread = (("In-Reply-To", answered), ("References", answered)) if answered else ()
    return (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), *thread)


def _filled(text: str, tokens: Sequence[str]) -> str:
    for number, token in enumerate(tokens):
        text = text.replace(f"«token {number}»", token)
    return text


def _number(key: str) -> int:
    """Give a number that tells apart the mails of a token, and is the same for every attempt at a mail."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])
