"""From prompts to a message as it is stored, and from that to the mail, byte for byte the same on every attempt."""

import hashlib
from collections.abc import Mapping, Sequence
from email.utils import parseaddr

from config.layout import render
from config.settings import Settings
from tasks.channels import Mail
from tasks.tokens import derive
from timeline.ground import Ground
from timeline.letters import mail_kind, mail_view, subject
from timeline.messages import Group, Message, TokenOf
from timeline.people import Person


def compose(group: Group, grounds: Mapping[int, Ground], person: Person, settings: Settings) -> Message:
    """The message of a group; `grounds` by the id of each waiting prompt. Tokens stand as «token 0» and so on."""
    told = [(one.prompt, grounds[one.id]) for one in group.waiting]
    at = told[0][1].at
    key = f"{group.channel}/{group.deliver_to}/{at:%Y-%m-%dT%H:%M%z}/{min(one.id for one in group.waiting)}"
    tokens = _tokens(group, key)
    urls = [f"{settings.base_url}/r/«token {number}»" for number in range(1, len(tokens))]
    view = mail_view(told, person, urls, ref="«token 0»")
    return Message(
        key=key,
        channel=group.channel,
        deliver_to=group.deliver_to,
        kind=mail_kind([prompt for prompt, _ in told]),
        subject=subject(told),
        text=render("mail/reminder.txt.jinja", mail=view),
        html=render("mail/reminder.html.jinja", mail=view),
        tokens=tokens,
        prompts=tuple(one.id for one in group.waiting),
        composed_at=at,
        next_attempt_at=at,
    )


def _tokens(group: Group, key: str) -> tuple[TokenOf, ...]:
    """First what a reply carries: the task's own token when there is one task, else the message's."""
    tasks = [
        TokenOf(
            person=group.deliver_to,
            milestone=one.milestone.ref,
            due_on=one.prompt.key.due_on,
            generation=one.generation,
        )
        for one in group.waiting
    ]
    reply = tasks[0] if len(tasks) == 1 else TokenOf(person=group.deliver_to, message=key)
    return (reply, *tasks)


def tokens_of(message: Message, council: str, secret: bytes) -> tuple[str, ...]:
    return tuple(derive(secret, council, of) for of in message.tokens)


def mail(message: Message, person: Person, council: str, settings: Settings) -> Mail:
    """The mail of a stored message, with its tokens in place."""
    tokens = tokens_of(message, council, settings.secret())
    local, domain = settings.mail_address.rsplit("@", 1)
    reply_to = f"{local}+{tokens[0]}@{domain}"
    name, _ = parseaddr(settings.mail_from)
    return Mail(
        to_address=person.address,
        to_name=person.name,
        from_=settings.mail_from,
        reply_to=f"{name} <{reply_to}>" if name else reply_to,
        envelope_from=reply_to,
        subject=f"{message.subject} [ref:{tokens[0]}]",
        text=_filled(message.text, tokens),
        html=_filled(message.html, tokens),
        message_id=f"<r.{tokens[0]}.{_number(message.key)}@{domain}>",
        date=message.composed_at,
    )


def _filled(text: str, tokens: Sequence[str]) -> str:
    for number, token in enumerate(tokens):
        text = text.replace(f"«token {number}»", token)
    return text


def _number(key: str) -> int:
    """One token has several mails; the number tells them apart and is the same for every attempt at one."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])
