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
    """Begin a message of ours in this chat."""
    to = {"recipient": {"id": chat.member}, "conversation": {"id": chat.conversation}}
    return {"type": "message", "from": {"id": chat.bot}} | to


def post_activity(chat: TeamsChat, content: bytes, app: AppRegistration, deadline: Deadline) -> Answered:
    """Post once; a second time only when the token that we had kept was refused. Raises Unanswered and NoToken."""
    url = f"{chat.service_url.rstrip('/')}/v3/conversations/{quote(chat.conversation, safe='')}/activities"
    if not url.startswith("https://"):
        raise Unanswered("the address of the chat is not encrypted", handed_over=False)
    refused = ""
    while True:
        token = access_token(app, SCOPE, seconds=deadline.left(), refused=refused)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        answer = post(url, content, headers | {"User-Agent": "Daymark"}, verify=True, deadline=deadline)
        if answer.status != _REFUSES_TOKEN or refused:
            return answer
        refused = token
