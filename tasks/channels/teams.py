"""Send a card to Microsoft Teams, to the webhook of a Power Automate workflow, by an Apprise plugin of ours.

Apprise's own `workflows://` makes a card of its own, fetches an icon from the internet, does not hear `Retry-After`,
and leaves no receipt.
"""

# Apprise declares what a plugin has to set (protocol, service_name …) as None, and leaves much untyped.
# mypy: disable-error-code="assignment, no-untyped-call"

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager

from tasks.channels.by_apprise import ASSET, NOT_PASSED_ON, notify_by
from tasks.channels.https import Answered, Unanswered, close_sessions, post, retry_after
from tasks.channels.receipt import Payload, Receipt, SendOutcome, Stage
from tasks.channels.smtp.timed_smtp import Deadline
from timeline.letters.card import octets_in_teams

__all__ = ["DaymarkTeams", "TeamsReceipt", "attachment", "bounded", "check_url", "close_sessions", "post_body", "send"]

SCHEMA = "daymarkteams"
LARGEST = 28 * 1024
"""The limit of Teams, in octets of the whole post as Teams counts it: escaped."""

_FORM = f"{SCHEMA}:// in place of the https:// of the workflow's webhook"
_HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json", "User-Agent": "Daymark"}
_CARD = "application/vnd.microsoft.card.adaptive"
_TOO_MANY = 429
_REFUSES_US = (401, 403)


@dataclass(frozen=True)
class TeamsReceipt(Receipt):
    """Hold a receipt whose code is an HTTP status, which differs from SMTP's in what to try again."""

    @property
    def retryable(self) -> bool:
        """Tell whether it may be tried again: no status, 429 or 5xx; any other refusal says the same tomorrow."""
        if self.outcome is SendOutcome.ACCEPTED or self.stage is Stage.BUILD:
            return False
        return self.code is None or self.code == _TOO_MANY or self.code >= 500

    @property
    def gone(self) -> bool:
        """Say no: a workflow that is gone says nothing about the person."""
        return False


@dataclass(frozen=True, repr=False)
class _Route:
    """Hold the webhook's address, which is a secret: no repr, and only its host in any text."""

    host: str
    url: str
    verify: bool = True
    secrets: tuple[str, ...] = field(default=())

    @classmethod
    @lru_cache(maxsize=256)
    def parse(cls, url: str) -> Self:
        """Read `daymarkteams://host[:port]/path?query`. Raises ValueError with a sentence, without the URL."""
        unreadable = ValueError(f"the Teams URL cannot be read: expected {_FORM}")
        if re.search(r"[^\x21-\x7e]|#|\\", url):
            raise unreadable
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise unreadable from None
        if parts.scheme != SCHEMA:
            raise ValueError(f"the Teams URL does not begin with {SCHEMA}://: expected {_FORM}")
        if not host or port == 0 or "@" in parts.netloc or parts.path in ("", "/"):
            raise unreadable
        query = parts.query.split("&") if parts.query else []
        options = [option for option in query if option.partition("=")[0] == "verify"]
        if any(option not in ("verify=yes", "verify=no") for option in options):
            raise ValueError("the Teams URL takes verify=yes or verify=no, beside what the webhook's own address has")
        kept = "&".join(parameter for parameter in query if parameter not in options)
        address = f"https://{parts.netloc}{parts.path}{'?' if kept else ''}{kept}"
        return cls(host, address, "verify=no" not in options, _secrets(parts.path, kept))

    def without_secrets(self, text: str) -> str:
        """Mask the address, as it stands or decoded: a server may echo an address that it did not like."""
        for secret in self.secrets:
            text = text.replace(secret, "****")
        return text


def _secrets(path: str, query: str) -> tuple[str, ...]:
    values = (parameter.partition("=")[2] for parameter in query.split("&"))
    words = {path, query, *(value for value in values if len(value) >= 8)}
    secrets = words | {unquote(word) for word in words}
    return tuple(sorted((secret for secret in secrets if len(secret) > 1), key=len, reverse=True))


class DaymarkTeams(NotifyBase):
    """Hold the plugin for a single `Payload`, given at making; it holds the `receipt` afterwards."""

    service_name = "Daymark Teams"
    service_url = "https://learn.microsoft.com/power-automate/teams/send-a-message-in-teams"
    setup_url = service_url
    secure_protocol = SCHEMA
    request_rate_per_sec = 0
    templates = ("{schema}://{host}/{path}", "{schema}://{host}:{port}/{path}")

    def __init__(
        self, route: _Route, payload: Payload | None = None, deadline: Deadline | None = None, **given: Any
    ) -> None:
        super().__init__(**given)
        self.route, self.payload, self.deadline = route, payload, deadline
        self.receipt: TeamsReceipt | None = None

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        try:
            route = _Route.parse(url)
        except ValueError as error:
            DaymarkTeams.logger.error("%s", error)
            return None
        return {"schema": SCHEMA, "host": route.host, "route": route}

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:
        if privacy:
            return f"{SCHEMA}://{self.route.host}/****"
        verify = "" if self.route.verify else f"{'&' if '?' in self.route.url else '?'}verify=no"
        return f"{SCHEMA}{self.route.url.removeprefix('https')}{verify}"

    def send(self, *_: Any, **__: Any) -> bool:
        """Post the payload given at making: Apprise's body and title are no card."""
        if self.payload is None:
            self.logger.error("Daymark Teams is sent through tasks.channels.teams, with its recipient")
            return False
        self.receipt = _built_and_posted(self.route, self.payload, self.deadline or Deadline(30))
        return self.receipt.outcome is SendOutcome.ACCEPTED


NotificationManager().add(DaymarkTeams)


def check_url(url: str) -> None:
    """Raise ValueError with a sentence, without the URL, if `url` is no workflow's webhook."""
    _Route.parse(url)


def send(url: str, payload: Payload, *, limit_seconds: float = 30) -> TeamsReceipt:
    """Post a card and return the receipt. 200 and 202 are accepted, which does not prove that it was shown.

    Nothing that a server does, or leaves undone for `limit_seconds`, raises. What is no card, or too large for Teams,
    is refused at stage `build`. Raises ValueError for a URL that `check_url` refuses.
    """
    plugin = DaymarkTeams(_Route.parse(url), payload, Deadline(limit_seconds), asset=ASSET)
    notify_by(plugin, text=payload.text, subject=payload.subject)
    return plugin.receipt or TeamsReceipt(
        SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, NOT_PASSED_ON, payload.key
    )


def post_body(payload: Payload) -> bytes:
    """Build the JSON that is posted; the workflow takes `recipient` and the first attachment's `content` from it.

    Raises ValueError with a sentence for what is no card, or larger than Teams takes.
    """
    return bounded({"type": "message", "recipient": payload.to_address, "attachments": [attachment(payload)]})


def attachment(payload: Payload) -> dict[str, Any]:
    """Give the card of a payload as Teams attaches it. Raises ValueError with a sentence for what is no card."""
    try:
        card = json.loads(payload.rich)
    except (ValueError, RecursionError):
        card = None
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        raise ValueError("the message holds no Adaptive Card: expected what timeline/cards makes of it")
    return {"contentType": _CARD, "contentUrl": None, "content": card}


def bounded(whole: Mapping[str, Any]) -> bytes:
    """Write a post. Raises ValueError with a sentence when it is larger than Teams takes."""
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    counted = octets_in_teams(text)
    if counted > LARGEST:
        raise ValueError(f"the card counts {counted:,} octets in Teams, which takes {LARGEST:,}")
    return text.encode("utf-8", "replace")


def _built_and_posted(route: _Route, payload: Payload, deadline: Deadline) -> TeamsReceipt:
    try:
        content = post_body(payload)
    except ValueError as error:
        return TeamsReceipt(SendOutcome.REFUSED, Stage.BUILD, None, None, str(error), payload.key)
    try:
        answer = post(route.url, content, _HEADERS, verify=route.verify, deadline=deadline)
    except Unanswered as silence:
        text = f"{route.host}: {route.without_secrets(str(silence))}"
        if silence.handed_over:
            return TeamsReceipt(SendOutcome.UNCERTAIN, Stage.DATA, None, None, text, payload.key)
        return TeamsReceipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, text, payload.key)
    return _receipt(route, answer, payload.key)


def _receipt(route: _Route, answer: Answered, key: str) -> TeamsReceipt:
    status = answer.status
    said = route.without_secrets(answer.body[:2_000].decode("utf-8", "replace"))
    return TeamsReceipt(
        SendOutcome.ACCEPTED if 200 <= status < 300 else SendOutcome.REFUSED,
        Stage.AUTH if status in _REFUSES_US else Stage.DATA,
        status,
        None,
        said or f"HTTP {status}",
        key,
        retry_after=retry_after(answer) if status == _TOO_MANY or status >= 500 else None,
        reference=answer.headers.get("x-ms-workflow-run-id", "")[:200],
    )
