"""Post activities to chats at Microsoft's connector, with the token of our bot's registration."""

from typing import Any
from urllib.parse import quote

from tasks.channels.exchange.access import AppRegistration, access_token
from tasks.channels.https import Answered, Unanswered, post
from tasks.channels.smtp.timed_smtp import Deadline
from timeline.definitions.teams_chat import TeamsChat

SCOPE = "https://api.botframework.com/.default"
_REFUSES_TOKEN = 401


def addressed(chat: TeamsChat) -> dict[str, Any]:
    """Begin a message of ours in this chat; a channel has no single recipient."""
    to: dict[str, Any] = {"conversation": {"id": chat.conversation}}
    to |= {"recipient": {"id": chat.member}} if chat.member else {}
    return {"type": "message", "from": {"id": chat.bot}} | to


def post_activity(
    chat: TeamsChat, content: bytes, app: AppRegistration, deadline: Deadline, *, replaces: str = ""
) -> Answered:
    """Post once, or put it in place of the activity with the id `replaces`; a second time only when the token that we
    had kept was refused. Raises Unanswered and NoToken.
    """
    path = f"activities/{quote(replaces, safe='')}" if replaces else "activities"
    return _asked(chat, path, content, app, deadline, method="PUT" if replaces else "POST")


def ask_about_member(chat: TeamsChat, app: AppRegistration, deadline: Deadline) -> Answered:
    """Ask for the person of a chat, which nobody sees. Raises Unanswered and NoToken."""
    return _asked(chat, f"members/{quote(chat.member, safe='')}", b"", app, deadline, method="GET")


def _asked(
    chat: TeamsChat, path: str, content: bytes, app: AppRegistration, deadline: Deadline, *, method: str
) -> Answered:
    url = f"{chat.service_url.rstrip('/')}/v3/conversations/{quote(chat.conversation, safe='')}/{path}"
    if not url.startswith("https://"):
        raise Unanswered("the address of the chat is not encrypted", handed_over=False)
    refused = ""
    while True:
        token = access_token(app, SCOPE, seconds=deadline.left(), refused=refused)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        given = headers | {"User-Agent": "Daymark"}
        answer = post(url, content, given, verify=True, deadline=deadline, method=method)
        if answer.status != _REFUSES_TOKEN or refused:
            return answer
        refused = token
