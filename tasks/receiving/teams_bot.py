"""Take what Microsoft's connector brings to our bot in Teams."""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, Any

from config.settings import Settings
from models.store import Store
from tasks.channels.exchange.access import NoToken
from tasks.channels.exchange.registrations import for_bot
from tasks.channels.https import Unanswered
from tasks.channels.smtp.timed_smtp import Deadline
from tasks.channels.teams_bot import KeysAway
from tasks.channels.teams_bot.posting import addressed, post_activity
from tasks.council.each import where_possible
from tasks.links.chats_kept_true import keep_soon
from tasks.receiving import teams_press
from tasks.receiving.teams_words import said_in_chat
from timeline.definitions.people import Person
from timeline.definitions.teams_chat import TeamsChat
from timeline.replies import bot
from timeline.replies.bot import BotActivity, Happening
from timeline.replies.teams import NotUnderstood

if TYPE_CHECKING:
    from tasks.channels.teams_bot.connector import CloudEnvironment, Connector

_log = logging.getLogger(__name__)
_LONGEST_REPLY_SECONDS = 20

__all__ = ["MISSING", "Bot", "BotMissing", "ForeignTenant", "KeysAway"]

MISSING = (
    "DAYMARK_TEAMS_BOT_ID names a bot, but the extra daymark[teams] is not installed: expected “make teams” (or pip "
    "install 'daymark[teams]'). Until then nobody can answer inside Teams; everything else works."
)


_IN_PRIVATE = "Others read here, so nothing was recorded. Please answer in your own chat with this app."
_OLD = "This press is more than five minutes old, or a clock is wrong, so nothing was recorded. Please press again."


class BotMissing(Exception):
    """Report that the extra is not installed; the message is a sentence for administrators."""


class ForeignTenant(Exception):
    """Report that the activity is of another organisation than ours."""


class Bot:
    """Hold the bot of every council in the database."""

    def __init__(self, settings: Settings, cloud: "CloudEnvironment | None" = None) -> None:
        self._settings, self._cloud = settings, cloud

    @cached_property
    def _connector(self) -> "Connector":
        try:
            from tasks.channels.teams_bot.connector import PUBLIC, Connector
        except ImportError:
            raise BotMissing(MISSING) from None
        return Connector(self._settings.teams_bot_id.lower(), self._cloud or PUBLIC)

    def missing(self) -> str:
        """Say what is not installed; empty when nothing is missing. Takes two seconds the first time."""
        try:
            return "" if self._connector else MISSING
        except BotMissing as missing:
            return str(missing)

    def is_called_by(self, authorization: str, raw: bytes) -> bool:
        """Tell whether the connector brings this body to us. Raises BotMissing and KeysAway."""
        return self._connector.speaks(authorization, bot.service_url(raw))

    def take(self, raw: bytes, *, at: datetime) -> Mapping[str, Any] | None:
        """Do what the connector's body asks, and give the body of the answer. Raises ForeignTenant.

        Something that is no activity of Teams, or older than five minutes, changes nothing.
        """
        try:
            activity = bot.read(raw)
        except NotUnderstood as why:
            return teams_press.said(str(why)) if bot.is_invoke(raw) else None
        if activity.tenants != {self._settings.teams_tenant.lower()}:
            raise ForeignTenant
        pressed = activity.happening is Happening.PRESSED
        if not activity.personal:
            return teams_press.said(_IN_PRIVATE) if pressed else None
        if not activity.is_near(at):
            return teams_press.said(_OLD) if pressed else None
        self._keep_chat(activity, at)
        if activity.happening is Happening.SAID:
            # In a thread: the connector waits for us, and the answer is a message of its own.
            text = said_in_chat(self._settings, activity, at=at)
            Thread(target=self._say, args=(activity.chat, text), daemon=True).start()
        body = teams_press.pressed(self._settings, activity, at=at) if pressed else None
        if activity.happening in (Happening.SAID, Happening.PRESSED):
            keep_soon(self._settings, at=at)
        return body

    def _say(self, chat: TeamsChat, text: str) -> None:
        """Post a text into the chat; if it does not arrive it is not repeated, because its person can ask again."""
        content = json.dumps(addressed(chat) | {"text": text, "textFormat": "markdown"}).encode()
        try:
            post_activity(chat, content, for_bot(self._settings), Deadline(_LONGEST_REPLY_SECONDS))
        except (Unanswered, NoToken, TimeoutError) as trouble:
            _log.warning("An answer in a Teams chat could not be posted: %s.", type(trouble).__name__)

    def _keep_chat(self, activity: BotActivity, at: datetime) -> None:
        """Keep the chat of a person of the directory, or forget it when the app was removed.

        Any activity of theirs brings it. The chat of an account that nobody here has waits for its person.
        """

        def kept(store: Store) -> None:
            people = list(_people(store, self._settings, activity.account))
            if activity.happening is Happening.REMOVED:
                store.people.drop_waiting_chat(activity.account, conversation=activity.conversation)
            if activity.happening is Happening.ADDED and not people:
                store.people.keep_waiting_chat(activity.chat, at=at)
            for person in people:
                if activity.happening is Happening.REMOVED:
                    store.people.close_teams_chat(person.key, conversation=activity.conversation, at=at)
                elif store.people.teams_chat(person.key) != activity.chat:
                    store.people.open_teams_chat(person.key, activity.chat, at=at)

        where_possible(self._settings, kept)


def _people(store: Store, settings: Settings, account: str) -> Iterator[Person]:
    """Give the only person of a council with that account; an account that several share is nobody's."""
    directory = store.definitions.timeline(settings.working_hours).directory
    theirs = [person for person in directory.people.values() if person.teams.strip().lower() == account]
    yield from theirs if len(theirs) == 1 else ()
