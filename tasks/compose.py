"""From prompts to a message as it is stored, and from that to the mail, byte for byte the same on every attempt."""

import hashlib
from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import NamedTuple

from config.layout import render
from config.settings import Settings
from tasks.channels import Mail
from tasks.tokens import derive
from timeline.correction_letter import CorrectionView, correction_subject, correction_view, linked
from timeline.ground import Ground
from timeline.letters import mail_kind, mail_view, subject
from timeline.messages import Group, Message, TokenOf
from timeline.people import Person
from timeline.prompts import Prompt
from timeline.views import MailView


def compose(group: Group, grounds: Mapping[int, Ground], person: Person, settings: Settings) -> Message:
    """The message of a group; `grounds` by the id of each waiting prompt. Tokens stand as «token 0» and so on."""
    told = [(one.prompt, grounds[one.id]) for one in group.waiting]
    at = told[0][1].at
    key = f"{group.channel}/{group.deliver_to}/{at:%Y-%m-%dT%H:%M%z}/{min(one.id for one in group.waiting)}"
    tokens = _tokens(group, key, linked(told) if group.corrects else told)
    urls = [f"{settings.base_url}/r/«token {number}»" for number in range(1, len(tokens))]
    words = (_correction if group.corrects else _reminder)(told, person, urls)
    return Message(
        key=key,
        channel=group.channel,
        deliver_to=group.deliver_to,
        kind=words.kind,
        subject=words.subject,
        text=words.text,
        html=words.html,
        tokens=tokens,
        prompts=tuple(one.id for one in group.waiting),
        composed_at=at,
        next_attempt_at=at,
    )


class _Words(NamedTuple):
    kind: str
    subject: str
    text: str
    html: str


def _reminder(told: Sequence[tuple[Prompt, Ground]], person: Person, urls: Sequence[str]) -> _Words:
    view, kind = mail_view(told, person, urls, ref="«token 0»"), mail_kind([prompt for prompt, _ in told])
    return _Words(kind, subject(told), *_printed("reminder", view))


def _correction(told: Sequence[tuple[Prompt, Ground]], person: Person, urls: Sequence[str]) -> _Words:
    view = correction_view(told, person, urls, ref="«token 0»")
    return _Words("correction", correction_subject(told), *_printed("correction", view))


def _printed(name: str, view: MailView | CorrectionView) -> tuple[str, str]:
    return render(f"mail/{name}.txt.jinja", mail=view), render(f"mail/{name}.html.jinja", mail=view)


def _tokens(group: Group, key: str, answered: Sequence[tuple[Prompt, Ground]]) -> tuple[TokenOf, ...]:
    """First what a reply carries: the task's own token when there is one task, else the message's. Only what can be
    answered has a link.
    """
    prompts = {prompt.key for prompt, _ in answered}
    tasks = [
        TokenOf(
            person=group.deliver_to,
            milestone=one.milestone.ref,
            due_on=one.prompt.key.due_on,
            generation=one.generation,
        )
        for one in group.waiting
        if one.prompt.key in prompts
    ]
    reply = tasks[0] if len(tasks) == len(group.waiting) == 1 else TokenOf(person=group.deliver_to, message=key)
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
