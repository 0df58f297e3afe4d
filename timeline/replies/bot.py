"""Read activities that Microsoft's connector brings to our bot in Teams. They are believed only after its token was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from timeline.definitions.teams_chat import TeamsChat
from timeline.replies.teams import Activity, NotUnderstood, instant_of, plain, text_at

_NEAR = timedelta(minutes=5)
_LONGEST_NAME = 500
_MOST_INPUTS = 20


class Happening(StrEnum):
    """Name the happenings that an activity can tell of."""

    ADDED = "added"  # the app was installed for a person
    REMOVED = "removed"
    PRESSED = "pressed"  # a button of a card, or a card that a program shows again
    SAID = "said"  # words in the chat
    OTHER = "other"


class Verb(StrEnum):
    """Name the verbs of a card's buttons. `LOOK` and `OPEN` only show how things stand."""

    LOOK = "daymark.look"
    OPEN = "daymark.open"
    ACK = "daymark.ack"
    DONE = "daymark.done"
    HELP = "daymark.help"
    DECLINE = "daymark.decline"
    DELEGATE = "daymark.delegate"
    CONFIRM = "daymark.confirm"
    RETURN = "daymark.return"
    UNDO = "daymark.undo"


@dataclass(frozen=True, kw_only=True)
class BotActivity:
    """Hold an activity: what happened, and where. Names of people are not read: anybody can have any name.

    `account` is the aadObjectId of the person, `tenants` are as both places name them, `personal` tells a chat with
    that person alone. `inputs` are the texts that a button brings, by name; `verb` is None for a strange button.
    `quoted` is the connector's id of the message that the words quote, or empty.
    """

    happening: Happening
    id: str
    conversation: str
    tenants: frozenset[str]
    account: str
    sent_at: datetime | None
    service_url: str
    personal: bool
    member: str = ""
    bot: str = ""
    verb: Verb | None = None
    quoted: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)

    def is_near(self, at: datetime) -> bool:
        """Tell whether it was sent within five minutes of `at`: the connector's token is good for an hour."""
        return self.sent_at is not None and abs(at - self.sent_at) <= _NEAR

    @property
    def words(self) -> Activity:
        """Give the same as a message to the outgoing webhook, so that the same words mean the same."""
        return Activity(
            id=self.id,
            conversation=self.conversation,
            tenants=self.tenants,
            sender=self.account,
            sent_at=self.sent_at,
            text=self.text,
        )

    @property
    def chat(self) -> TeamsChat:
        """Give the chat in which it happened."""
        return TeamsChat(
            account=self.account,
            conversation=self.conversation,
            service_url=self.service_url,
            member=self.member,
            bot=self.bot,
        )


def service_url(raw: bytes) -> str:
    """Give the service URL that a body names, which the connector's token must name too; empty without a body."""
    return text_at(_parsed(raw), "serviceUrl")


def is_invoke(raw: bytes) -> bool:
    """Tell whether a program waits for the body of the answer."""
    return text_at(_parsed(raw), "type") == "invoke"


def read(raw: bytes) -> BotActivity:
    """Read an activity. Raises NotUnderstood if it is none of Teams', or lacks what every activity has."""
    given = _parsed(raw)
    tenants = (text_at(given, "channelData", "tenant", "id"), text_at(given, "conversation", "tenantId"))
    action = _at(_at(given, "value"), "action")
    activity = BotActivity(
        happening=_happening(given),
        id=text_at(given, "id"),
        conversation=text_at(given, "conversation", "id"),
        tenants=frozenset(tenant.lower() for tenant in tenants if tenant),
        account=text_at(given, "from", "aadObjectId").lower(),
        sent_at=instant_of(text_at(given, "timestamp")),
        service_url=text_at(given, "serviceUrl"),
        personal=text_at(given, "conversation", "conversationType") == "personal",
        member=text_at(given, "from", "id"),
        bot=text_at(given, "recipient", "id"),
        verb=next((verb for verb in Verb if verb.value == text_at(action, "verb")), None),
        quoted=_quoted(_at(given, "entities")),
        inputs=_inputs(_at(action, "data")),
        text=text_at(given, "text"),
    )
    names = (activity.id, activity.conversation, activity.service_url, activity.account, activity.member, activity.bot)
    if text_at(given, "channelId") != "msteams" or not all(0 < len(name) <= _LONGEST_NAME for name in names[:4]):
        raise NotUnderstood("This is no activity of Teams, so nothing was done.")
    if any(len(name) > _LONGEST_NAME for name in names):
        raise NotUnderstood("A name in this activity is too long, so nothing was done.")
    return activity


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _at(given: Any, name: str) -> Any:
    return given.get(name) if isinstance(given, dict) else None


def _quoted(entities: Any) -> str:
    listed = entities[:_MOST_INPUTS] if isinstance(entities, list) else []
    quotes = (text_at(each, "quotedReply", "messageId") for each in listed if text_at(each, "type") == "quotedReply")
    return next((quote[:_LONGEST_NAME] for quote in quotes if quote), "")


def _happening(given: Any) -> Happening:
    kind, action = text_at(given, "type"), text_at(given, "action")
    if kind == "installationUpdate":
        added = action in ("add", "add-upgrade")
        return Happening.ADDED if added else Happening.REMOVED if action == "remove" else Happening.OTHER
    if kind == "invoke" and text_at(given, "name") == "adaptiveCard/action":
        return Happening.PRESSED
    return Happening.SAID if kind == "message" else Happening.OTHER


def _inputs(data: Any) -> dict[str, str]:
    """Give the texts that came with a button, each in a single line. Raises NotUnderstood if a text is too long."""
    given = data.items() if isinstance(data, dict) else ()
    texts = {name: plain(value) for name, value in given if isinstance(value, str) and len(name) <= _LONGEST_NAME}
    if len(texts) > _MOST_INPUTS:
        raise NotUnderstood("This button brings more than a card of ours holds, so nothing was recorded.")
    return texts
