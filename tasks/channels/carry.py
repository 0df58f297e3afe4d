"""Hands a message to the plugin of its channel."""

from urllib.parse import urlsplit

from config.channels import Channel, Form
from config.settings import Settings
from tasks import channels
from tasks.channels import govuk_notify, plain, teams
from tasks.channels.receipt import Receipt
from tasks.compose import mail, parcel
from timeline.messages import Message, MessageState
from timeline.people import Person
from timeline.ways import Needs, Outlet

LONGEST_SEND_SECONDS = 60


def carry(channel: Channel, message: Message, person: Person, council: str, settings: Settings) -> Receipt:
    """One attempt to hand a stored message over, and its receipt; never raises for what a server does."""
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
