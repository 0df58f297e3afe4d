"""Try the way of our bot, there and back, without a word to anybody.

1. Entra gives a token for the app registration.
2. Microsoft's connector takes it, and knows the person of a chat that we keep: cards can go out.
3. Our own door at DAYMARK_BASE_URL refuses whoever has no token: answers can come in.
"""

from config.settings import Settings
from tasks.channels.exchange.access import NoToken
from tasks.channels.exchange.registrations import for_bot
from tasks.channels.https import Answered, Unanswered, post
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.timed_smtp import Deadline
from tasks.channels.teams_bot.posting import ask_about_member
from timeline.definitions.teams_chat import TeamsChat

_NOBODY = "the app is installed for nobody yet: ask IT to install it for the people of the timeline (docs/teams.md)"
_CONNECTOR = {
    401: "Microsoft's connector refuses our token: expected an Azure Bot with this very app registration",
    403: "the app was removed from the newest chat, or may not speak there: ask IT whether Teams allows the app",
    404: "the newest chat is gone: ask IT whether the app is still installed",
}
_DOOR = {
    404: "/teams/bot is not there: expected the proxy to pass it on, and the pages to know DAYMARK_TEAMS_BOT_ID",
    503: "/teams/bot says that the extra daymark[teams] is not installed, or that Microsoft's keys are away",
}
_OTHER_DOOR = "at /teams/bot below DAYMARK_BASE_URL answers somebody else: expected the proxy to ask for no login there"


def round_trip(settings: Settings, chat: TeamsChat | None, *, limit_seconds: float = 30) -> Receipt:
    """Try the three steps, and give the receipt of the last: accepted only when all of them hold. Never raises."""
    if chat is None:
        return _receipt(SendOutcome.REFUSED, Stage.BUILD, None, _NOBODY)
    deadline = Deadline(limit_seconds)
    try:
        known = ask_about_member(chat, for_bot(settings), deadline)
        if known.status != 200:
            return _refused(known, _CONNECTOR.get(known.status, "Microsoft's connector answered otherwise"))
        door = post(f"{settings.base_url.rstrip('/')}/teams/bot", b"{}", {}, verify=True, deadline=deadline)
    except NoToken as why:
        return _receipt(SendOutcome.UNREACHABLE, Stage.AUTH, None, str(why))
    except (Unanswered, TimeoutError) as silence:
        told = f"no answer, from Microsoft's connector or from our own door at DAYMARK_BASE_URL: {silence}"
        return _receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, told)
    if door.status != 401:
        return _refused(door, _DOOR.get(door.status, _OTHER_DOOR))
    return _receipt(SendOutcome.ACCEPTED, Stage.DATA, 200, "")


def _refused(answer: Answered, told: str) -> Receipt:
    return _receipt(SendOutcome.REFUSED, Stage.DATA, answer.status, told)


def _receipt(outcome: SendOutcome, stage: Stage, code: int | None, text: str) -> Receipt:
    return Receipt(outcome, stage, code, None, text, "")
