"""Post a card to a person's chat with our bot in Teams, by an Apprise plugin of ours (`daymarkteamsbot://personal`),
or to a channel of a team (`daymarkteamsbot://channel/19:…@thread.tacv2`), which several people read.
"""

# Apprise declares what a plugin has to set (protocol, service_name …) as None, and leaves much untyped.
# mypy: disable-error-code="assignment, no-untyped-call"

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager

from tasks.channels.by_apprise import ASSET, NOT_PASSED_ON, notify_by
from tasks.channels.exchange.access import AppRegistration, NoToken
from tasks.channels.https import Answered, Unanswered, retry_after
from tasks.channels.receipt import Payload, Receipt, SendOutcome, Stage
from tasks.channels.smtp.timed_smtp import Deadline
from tasks.channels.teams import TeamsReceipt, attachment, bounded
from tasks.channels.teams_bot.posting import addressed, post_activity
from timeline.definitions.teams_chat import TeamsChat

__all__ = ["DaymarkTeamsBot", "check_url", "put_in_place", "send"]

SCHEMA = "daymarkteamsbot"
_URL = re.compile(rf"{SCHEMA}://(?:personal/?|channel/(?P<room>19:[A-Za-z0-9_-]{{1,200}}@thread\.(?:tacv2|skype)))")
# The address for the whole world, where no chat of ours has told a nearer address.
_EVERYWHERE = "https://smba.trafficmanager.net/teams"
_NOT_INSTALLED = "the app is not installed for this person in Teams, or their account in the directory is another"
# Microsoft's connector asks to repeat these, as well as 429 and 5xx, which every receipt of Teams repeats.
_ASKS_TO_REPEAT = (408, 412)


@dataclass(frozen=True)
class BotReceipt(TeamsReceipt):
    """Hold a receipt of the connector's. A person who removed or blocked the app is reached by their next channel."""

    @property
    def retryable(self) -> bool:
        refused = self.outcome is SendOutcome.REFUSED and self.stage is not Stage.BUILD
        return super().retryable or (refused and self.code in _ASKS_TO_REPEAT)


@dataclass(frozen=True)
class Parcel:
    """Hold a card on its way: its payload, the chat that it goes to, and the registration that signs in.

    `replaces` is the connector's id of the card in whose place it is put, or empty.
    """

    payload: Payload
    chat: TeamsChat
    app: AppRegistration
    deadline: Deadline
    replaces: str = ""


class DaymarkTeamsBot(NotifyBase):
    """Hold the plugin for a single `Parcel`, given at making; it holds the `receipt` afterwards."""

    service_name = "Daymark Teams bot"
    service_url = "https://learn.microsoft.com/microsoftteams/platform/bots/what-are-bots"
    setup_url = service_url
    secure_protocol = SCHEMA
    request_rate_per_sec = 0
    templates = ("{schema}://{host}",)

    def __init__(self, parcel: Parcel | None = None, **given: Any) -> None:
        super().__init__(**given)
        self.parcel = parcel
        self.receipt: Receipt | None = None

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        return {"schema": SCHEMA, "host": "personal"} if _URL.fullmatch(unquote(url)) else None

    def url(self, *_: Any, **__: Any) -> str:
        return f"{SCHEMA}://personal"

    def send(self, *_: Any, **__: Any) -> bool:
        """Post the parcel given at making: Apprise's body and title are no card."""
        if self.parcel is None:
            self.logger.error("Daymark's bot sends through tasks.channels.teams_bot, with a chat")
            return False
        self.receipt = _built_and_posted(self.parcel)
        return self.receipt.outcome is SendOutcome.ACCEPTED


NotificationManager().add(DaymarkTeamsBot)


def check_url(url: str) -> None:
    """Raise ValueError with a sentence if `url` is not that of our bot."""
    if not _URL.fullmatch(unquote(url)):
        raise ValueError(
            f"the URL of the bot in Teams cannot be read: expected {SCHEMA}://personal, or {SCHEMA}://channel/ and the "
            "id of a channel, 19:…@thread.tacv2, as its link has it"
        )


def send(
    url: str, payload: Payload, chat: TeamsChat | None, app: AppRegistration, *, limit_seconds: float = 30
) -> Receipt:
    """Post a card and return the receipt, with the connector's id of the message.

    `chat` is the person's. Without it a card for the person is refused at stage `build`, so that the next channel takes
    it; a channel of a team needs none. Raises ValueError for a URL that `check_url` refuses.
    """
    check_url(url)
    room = _URL.fullmatch(unquote(url))
    if room and room["room"]:
        chat = _room(room["room"], chat, app)
    elif chat is None or not chat.is_of(payload.to_teams):
        return BotReceipt(SendOutcome.REFUSED, Stage.BUILD, None, None, _NOT_INSTALLED, payload.key)
    parcel = Parcel(payload, chat, app, Deadline(limit_seconds))
    plugin = DaymarkTeamsBot(parcel, asset=ASSET)
    notify_by(plugin, text=payload.text, subject=payload.subject)
    return plugin.receipt or BotReceipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, NOT_PASSED_ON, payload.key)


def _room(conversation: str, near: TeamsChat | None, app: AppRegistration) -> TeamsChat:
    service = near.service_url if near else _EVERYWHERE
    return TeamsChat(account="", conversation=conversation, service_url=service, member="", bot=f"28:{app.client_id}")


def put_in_place(
    reference: str, payload: Payload, chat: TeamsChat, app: AppRegistration, *, limit_seconds: float = 30
) -> Receipt:
    """Put a card in place of the card that the connector calls by that reference, which tells nobody anew."""
    return _built_and_posted(Parcel(payload, chat, app, Deadline(limit_seconds), reference))


def _built_and_posted(parcel: Parcel) -> Receipt:
    key = parcel.payload.key
    try:
        content = _activity(parcel)
    except ValueError as error:
        return BotReceipt(SendOutcome.REFUSED, Stage.BUILD, None, None, str(error), key)
    try:
        answer = post_activity(parcel.chat, content, parcel.app, parcel.deadline, replaces=parcel.replaces)
        return _receipt(answer, key)
    except NoToken as why:
        return BotReceipt(SendOutcome.UNREACHABLE, Stage.AUTH, None, None, str(why), key, retry_after=why.retry_after)
    except (Unanswered, TimeoutError) as silence:
        gone = isinstance(silence, Unanswered) and silence.handed_over
        outcome, stage = (SendOutcome.UNCERTAIN, Stage.DATA) if gone else (SendOutcome.UNREACHABLE, Stage.CONNECT)
        return BotReceipt(outcome, stage, None, None, f"Teams: {silence or 'no time was left'}", key)


def _activity(parcel: Parcel) -> bytes:
    """Build the activity that is posted. Raises ValueError with a sentence."""
    chat, given = parcel.chat, attachment(parcel.payload)
    if (refresh := given["content"].get("refresh")) and chat.member:
        # For this member the card is drawn anew when it is shown again.
        refresh["userIds"] = [chat.member]
    named = {"id": parcel.replaces} if parcel.replaces else {}
    return bounded(addressed(chat) | named | {"summary": parcel.payload.subject, "attachments": [given]})


def _receipt(answer: Answered, key: str) -> Receipt:
    given = _read(answer.body)
    error = given.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    accepted = 200 <= answer.status < 300
    said = "" if accepted else f"Teams answered {answer.status}{f' ({code})' if isinstance(code, str) else ''}"
    return BotReceipt(
        SendOutcome.ACCEPTED if accepted else SendOutcome.REFUSED,
        Stage.AUTH if answer.status in (401, 403) else Stage.DATA,
        answer.status,
        None,
        said,
        key,
        retry_after=None if accepted else retry_after(answer),
        reference=str(given.get("id", ""))[:200] if accepted else "",
    )


def _read(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}
