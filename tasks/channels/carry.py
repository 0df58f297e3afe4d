"""Hands a message to the plugin of its channel."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from config.channels import MAIL, Channel, Form
from config.settings import Settings
from tasks import channels
from tasks.channels import govuk_notify, plain, teams
from tasks.channels.receipt import Outcome, Receipt, Stage
from tasks.compose import mail, parcel
from timeline.messages import Message, MessageState
from timeline.people import Person
from timeline.ways import Needs, Outlet

LONGEST_SEND_SECONDS = 60


def carry(channel: Channel, message: Message, person: Person, council: str, settings: Settings) -> Receipt:
    """One attempt to hand a stored message over, and its receipt; never raises for what a server does.

    A channel whose URL cannot be used is unreachable: its messages wait until somebody has put it right.
    """
    try:
        _check(channel)
    except ValueError as why:
        return Receipt(Outcome.UNREACHABLE, Stage.CONNECT, None, None, str(why), "")
    return _carried(channel, message, person, council, settings)


def unusable(given: Iterable[Channel]) -> Iterator[str]:
    """A sentence for each channel whose URL cannot be used; never the URL, which may hold a secret."""
    for one in given:
        try:
            _check(one)
        except ValueError as why:
            where = "DAYMARK_MAIL_URL" if one.name == MAIL else f"DAYMARK_CHANNELS, “{one.name}”"
            yield f"{where}: {why}."


def _check(channel: Channel) -> None:
    check = _CHECKS.get(urlsplit(channel.url).scheme, plain.check_url)
    (channels.check_url if channel.form is Form.MAIL else check)(channel.url)


_CHECKS: Mapping[str, Callable[[str], None]] = {"daymarkteams": teams.check_url, "govuknotify": govuk_notify.check_url}


def _carried(channel: Channel, message: Message, person: Person, council: str, settings: Settings) -> Receipt:
    if channel.form is Form.MAIL:
        outgoing = mail(message, person, council, settings)
        return channels.send(channel.url, outgoing, limit_seconds=LONGEST_SEND_SECONDS)
    packed = parcel(message, person, council, settings, form=channel.form)
    scheme = urlsplit(channel.url).scheme
    if scheme == "daymarkteams":
        return teams.send(channel.url, packed, limit_seconds=LONGEST_SEND_SECONDS)
    if scheme == "govuknotify":
        key = settings.notify_key.get_secret_value() if settings.notify_key else ""
        doubtful = message.state is MessageState.UNCERTAIN
        return govuk_notify.send(channel.url, packed, key, limit_seconds=LONGEST_SEND_SECONDS, doubtful=doubtful)
    return plain.send(channel.url, packed, limit_seconds=LONGEST_SEND_SECONDS)


def repeats_safely(channel: Channel) -> bool:
    """Whether what may have arrived can be sent again: mail has its Message-ID, and GOV.UK Notify is asked first."""
    return channel.form is Form.MAIL or urlsplit(channel.url).scheme == "govuknotify"


def outlet(channel: Channel) -> Outlet:
    """The channel as the heart sees it."""
    parts = urlsplit(channel.url)
    needs = Needs.ADDRESS
    if "{phone}" in channel.url or (parts.scheme, parts.hostname) == ("govuknotify", "sms"):
        needs = Needs.PHONE
    elif "{teams}" in channel.url:
        needs = Needs.TEAMS
    return Outlet(channel.name, needs, several=channel.several)
