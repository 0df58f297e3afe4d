"""Try each channel once a day with a message to ourselves: never to an officer, and never as anybody's prompt."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from config.channels import CARDS, MAIL, Channel, Form
from config.settings import Settings
from tasks.channels.exchange.registrations import for_sending
from tasks.channels.mail import send
from tasks.channels.receipt import Receipt, SendOutcome
from tasks.channels.smtp.message import OutgoingMail
from tasks.channels.teams_bot.round_trip import round_trip
from tasks.council.run import CouncilRun
from tasks.council.tokens import derive, token_hash
from tasks.sending.dispatch import dispatch
from tasks.sending.pacing import LONGEST_SEND_SECONDS
from timeline.assurance import ChannelSeen
from timeline.assurance.probes import Probed, seen
from timeline.calendar.london import london_date
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims, new_message
from timeline.delivery.server_words import quotable
from timeline.replies.automatic import HEADER, message_id

_WORDS = "This is a message of Daymark to itself: it shows that this channel works. Nobody needs to do anything."


def try_channels(council_run: CouncilRun) -> tuple[ChannelSeen, ...]:
    """Send a message to ourselves by each channel not tried today, and give the state of each, with
    the attempt before.
    """
    before = council_run.store.assurance.last_probes()
    for name in council_run.settings.ways():
        last = before.get(name)
        if last is None or _day(last.sent_at) != _day(council_run.at) or last.outcome != SendOutcome.ACCEPTED:
            _try(council_run, name)
    return tuple(_seen(council_run, before))


def try_mail(council_run: CouncilRun) -> ChannelSeen:
    """Send a message to ourselves by mail now, whatever was sent today, and give how far it came."""
    _try(council_run, MAIL)
    last = council_run.store.assurance.last_probes().get(MAIL)
    return seen(MAIL, last, None, None, catches=_caught(council_run, MAIL))


def channels_seen(council_run: CouncilRun) -> tuple[ChannelSeen, ...]:
    """Give the state of each channel by its last attempt; nothing is sent."""
    return tuple(_seen(council_run, {}))


def _try(council_run: CouncilRun, name: str) -> None:
    way, probed = council_run.settings.ways()[name], council_run.settings.probe_ways()
    there_and_back = way.form is Form.BOT and not way.several and name not in probed
    if name != MAIL and name not in probed and not there_and_back:
        return
    claims = TokenClaims(person="", message=f"probe/{name}/{council_run.at.isoformat()}")
    token = derive(council_run.settings.secret(), council_run.store.council, claims)
    if there_and_back:
        receipt = round_trip(council_run.settings, council_run.store.people.newest_teams_chat())
    else:
        receipt = _mail(council_run, token) if name == MAIL else _payload(council_run, probed[name], token)
    council_run.store.assurance.probe_sent(
        token_hash(token),
        channel=name,
        outcome=receipt.outcome.value,
        why=quotable(" ".join(str(part) for part in (receipt.code, receipt.enhanced, receipt.text) if part)),
        returns=there_and_back or (name == MAIL and comes_back(council_run.settings)),
        at=council_run.at,
    )
    if there_and_back and receipt.outcome is SendOutcome.ACCEPTED:
        council_run.store.assurance.probe_returned(token_hash(token), at=council_run.at)


def comes_back(settings: Settings) -> bool:
    """Tell whether a mail to our own address is brought to us; a mail that the catcher takes has arrived."""
    return not settings.catches_mail and bool(settings.imap_host or settings.lmtp_port)


def _mail(council_run: CouncilRun, token: str) -> Receipt:
    settings, council = council_run.settings, council_run.timeline.council
    outgoing = OutgoingMail(
        to_address=settings.mail_address,
        to_name="",
        from_=settings.mail_from,
        reply_to="",
        envelope_from=settings.mail_address,
        subject=f"{council.programme}: a message to ourselves",
        text=f"{_WORDS}\n",
        html="",
        message_id=message_id(token, settings.mail_address.rsplit("@", 1)[1]),
        date=council_run.at,
        headers=((HEADER, token), ("X-Auto-Response-Suppress", "All")),
    )
    return send(settings.mail_url, outgoing, account=for_sending(settings), limit_seconds=LONGEST_SEND_SECONDS)


def _payload(council_run: CouncilRun, channel: Channel, token: str) -> Receipt:
    council = council_run.timeline.council
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": _WORDS, "wrap": True}]}
    message = new_message(
        f"probe/{token}",
        "probe",
        to="",
        channel=channel.name,
        subject=f"{council.programme}: a message to ourselves",
        text=_WORDS,
        html=json.dumps(card) if channel.form in CARDS else "",
        tokens=(),
        at=council_run.at,
    )
    ourselves = Person(key="", name=council.programme, address=council_run.settings.mail_address)
    return dispatch(channel, message, ourselves, council.key, council_run.settings)


def _seen(council_run: CouncilRun, before: dict[str, Probed]) -> Iterator[ChannelSeen]:
    last, breakers = council_run.store.assurance.last_probes(), council_run.store.outbox.breakers()
    for name in council_run.settings.ways():
        yield seen(name, last.get(name), before.get(name), breakers.get(name), catches=_caught(council_run, name))


def _caught(council_run: CouncilRun, name: str) -> bool:
    return name == MAIL and council_run.settings.catches_mail


def _day(at: datetime) -> date:
    return london_date(at)
