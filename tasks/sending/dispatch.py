"""Hand a stored message over by its channel, once, and give the receipt."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from config.channels import MAIL, Channel, Form
from config.settings import Settings
from tasks.channels import apprise_url as plain
from tasks.channels import teams
from tasks.channels.exchange.registrations import for_bot, for_sending
from tasks.channels.govuk_notify import plugin as govuk_notify
from tasks.channels.mail import check_url, send
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.teams_bot import plugin as teams_bot
from tasks.sending.compose import mail, payload
from tasks.sending.pacing import LONGEST_SEND_SECONDS
from timeline.definitions.people import Person
from timeline.definitions.teams_chat import TeamsChat
from timeline.delivery.messages import Message, MessageState


def dispatch(
    channel: Channel,
    message: Message,
    person: Person,
    council: str,
    settings: Settings,
    chat: TeamsChat | None = None,
) -> Receipt:
    """Try once to hand over a stored message, and give the receipt; never raises for what a server does.

    `chat` is the person's with our bot, for its channel. A channel whose URL cannot be used counts as unreachable: its
    messages wait until the URL is put right.
    """
    try:
        _check(channel)
    except ValueError as why:
        return Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, str(why), "")
    if channel.form is Form.BOT:
        packed = payload(message, person, council, settings, form=channel.form)
        return teams_bot.send(channel.url, packed, chat, for_bot(settings), limit_seconds=LONGEST_SEND_SECONDS)
    return _dispatched(channel, message, person, council, settings)


def unusable(given: Iterable[Channel]) -> Iterator[str]:
    """Give a sentence for each channel whose URL cannot be used; never the URL, which may hold a secret."""
    for channel in given:
        try:
            _check(channel)
        except ValueError as why:
            where = "DAYMARK_MAIL_URL" if channel.name == MAIL else f"DAYMARK_CHANNELS, “{channel.name}”"
            yield f"{where}: {why}."


def _check(channel: Channel) -> None:
    check = _CHECKS.get(urlsplit(channel.url).scheme, plain.check_url)
    (check_url if channel.form is Form.MAIL else check)(channel.url)


_CHECKS: Mapping[str, Callable[[str], None]] = {
    "daymarkteams": teams.check_url,
    "daymarkteamsbot": teams_bot.check_url,
    "govuknotify": govuk_notify.check_url,
}


def _dispatched(channel: Channel, message: Message, person: Person, council: str, settings: Settings) -> Receipt:
    if channel.form is Form.MAIL:
        outgoing = mail(message, person, council, settings)
        return send(channel.url, outgoing, account=for_sending(settings), limit_seconds=LONGEST_SEND_SECONDS)
    packed = payload(message, person, council, settings, form=channel.form)
    scheme = urlsplit(channel.url).scheme
    if scheme == "daymarkteams":
        return teams.send(channel.url, packed, limit_seconds=LONGEST_SEND_SECONDS)
    if scheme == "govuknotify":
        key = settings.notify_key.get_secret_value() if settings.notify_key else ""
        doubtful = message.state is MessageState.UNCERTAIN
        return govuk_notify.send(channel.url, packed, key, limit_seconds=LONGEST_SEND_SECONDS, doubtful=doubtful)
    return plain.send(channel.url, packed, limit_seconds=LONGEST_SEND_SECONDS)


def repeats_safely(channel: Channel) -> bool:
    """Tell whether a message that may have arrived can be sent again: mail has its Message-ID, and GOV.UK Notify is
    asked.
    """
    return channel.form is Form.MAIL or urlsplit(channel.url).scheme == "govuknotify"
