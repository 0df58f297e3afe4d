"""Tries each channel on ourselves, once a day: never on an officer, and never as anybody's prompt."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from config.channels import MAIL, Channel, Form
from config.settings import Settings
from tasks.channels import Mail, Outcome, Receipt, send
from tasks.council.run import House
from tasks.council.tokens import derive, kept
from tasks.sending.outbox import LONGEST_SEND_SECONDS, carry
from timeline.assurance import ChannelSeen
from timeline.assurance.probes import Probed, seen
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.people import Person
from timeline.delivery.messages import Message, TokenOf
from timeline.replies.automatic import HEADER, message_id

_WORDS = "This is a message of Daymark to itself: it shows that this channel works. Nobody needs to do anything."


def try_channels(house: House) -> tuple[ChannelSeen, ...]:
    """Sends a message to ourselves by each channel that has not been tried today, and says how each fares, with the one
    before.
    """
    before = house.store.last_probes()
    for name in house.settings.ways():
        last = before.get(name)
        if last is None or _day(last.sent_at) != _day(house.at) or last.outcome != Outcome.ACCEPTED:
            _try(house, name)
    return tuple(_seen(house, before))


def channels_seen(house: House) -> tuple[ChannelSeen, ...]:
    """How each channel fares by what was tried last; nothing is sent."""
    return tuple(_seen(house, {}))


def _try(house: House, name: str) -> None:
    if name != MAIL and name not in house.settings.probe_ways():
        return
    of = TokenOf(person="", message=f"probe/{name}/{house.at.isoformat()}")
    token = derive(house.settings.secret(), house.store.council, of)
    receipt = _mail(house, token) if name == MAIL else _parcel(house, house.settings.probe_ways()[name], token)
    house.store.probe_sent(
        kept(token),
        channel=name,
        outcome=receipt.outcome.value,
        why=" ".join(str(part) for part in (receipt.stage.value, receipt.code, receipt.enhanced) if part),
        returns=name == MAIL and comes_back(house.settings),
        at=house.at,
    )


def comes_back(settings: Settings) -> bool:
    """Whether a mail to our own address is brought to us; what the catcher takes has arrived."""
    return not settings.catches_mail and bool(settings.imap_host or settings.lmtp_port)


def _mail(house: House, token: str) -> Receipt:
    settings, council = house.settings, house.timeline.council
    outgoing = Mail(
        to_address=settings.mail_address,
        to_name="",
        from_=settings.mail_from,
        reply_to="",
        envelope_from=settings.mail_address,
        subject=f"{council.programme}: a message to ourselves",
        text=f"{_WORDS}\n",
        html="",
        message_id=message_id(token, settings.mail_address.rsplit("@", 1)[1]),
        date=house.at,
        headers=((HEADER, token), ("X-Auto-Response-Suppress", "All")),
    )
    return send(settings.mail_url, outgoing, limit_seconds=LONGEST_SEND_SECONDS)


def _parcel(house: House, channel: Channel, token: str) -> Receipt:
    council = house.timeline.council
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": _WORDS, "wrap": True}]}
    message = Message(
        key=f"probe/{token}",
        channel=channel.name,
        deliver_to="",
        kind="probe",
        subject=f"{council.programme}: a message to ourselves",
        text=_WORDS,
        html=json.dumps(card) if channel.form is Form.CARD else "",
        tokens=(),
        prompts=(),
        composed_at=house.at,
    )
    ourselves = Person(key="", name=council.programme, address=house.settings.mail_address)
    return carry(channel, message, ourselves, council.key, house.settings)


def _seen(house: House, before: dict[str, Probed]) -> Iterator[ChannelSeen]:
    last, breakers = house.store.last_probes(), house.store.breakers()
    for name in house.settings.ways():
        yield seen(name, last.get(name), before.get(name), breakers.get(name), catches=_caught(house, name))


def _caught(house: House, name: str) -> bool:
    return name == MAIL and house.settings.catches_mail


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
