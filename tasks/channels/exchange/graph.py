"""Send mail through Microsoft Graph (`sendMail`), by an Apprise plugin of ours.

The mail goes in its MIME form: so the Message-ID, Reply-To, Auto-Submitted and the calendar part are ours. Graph's own
JSON form takes no header but those that begin with X-, and makes of an invitation an attachment.
"""

# Apprise declares what a plugin has to set (protocol, service_name …) as None, and leaves much untyped.
# mypy: disable-error-code="assignment, no-untyped-call"

import base64
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager

from tasks.channels.by_apprise import ASSET, NOT_PASSED_ON, notify_by
from tasks.channels.exchange.access import NO_ACCOUNT, Account, NoToken, access_token
from tasks.channels.exchange.answers import is_refused_token, receipt_of
from tasks.channels.https import Answered, Unanswered, post
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp import headers
from tasks.channels.smtp.message import OutgoingMail, build
from tasks.channels.smtp.timed_smtp import Deadline

SCHEMA = "daymarkgraph"
_FORM = f"{SCHEMA}://[mailbox@]graph.microsoft.com/ with the @ of the mailbox as %40"


@dataclass(frozen=True)
class GraphRoute:
    """Hold the host of Microsoft Graph, and the mailbox that sends; none is the account's own."""

    host: str
    mailbox: str = field(default="", repr=False)

    @classmethod
    @lru_cache(maxsize=64)
    def parse(cls, url: str) -> Self:
        """Read `daymarkgraph://[mailbox@]host[:port]/`. Raises ValueError with a sentence, without the URL."""
        unreadable = ValueError(f"the Graph URL cannot be read: expected {_FORM}")
        try:
            parts = urlsplit(url)
            port = parts.port
            mailbox = headers.address(unquote(parts.username)) if parts.username else ""
        except ValueError:
            raise unreadable from None
        strange = parts.path not in ("", "/") or parts.query or parts.fragment or parts.password or port == 0
        if parts.scheme != SCHEMA or not parts.hostname or strange or not url.isascii() or not url.isprintable():
            raise unreadable
        return cls(parts.netloc.rpartition("@")[2], mailbox)

    def url(self) -> str:
        mailbox = f"{quote(self.mailbox, safe='')}@" if self.mailbox else ""
        return f"{SCHEMA}://{mailbox}{self.host}/"

    def address(self, mailbox: str) -> str:
        """Give the address of `sendMail` for a mailbox; always HTTPS, because the token travels."""
        return f"https://{self.host}/v1.0/users/{quote(mailbox, safe='')}/sendMail"

    @property
    def scope(self) -> str:
        return f"https://{self.host}/.default"


class DaymarkGraph(NotifyBase):
    """Hold the plugin for a single `OutgoingMail`, given at making; it holds the `receipt` afterwards."""

    service_name = "Daymark Graph"
    service_url = "https://learn.microsoft.com/graph/outlook-send-mime-message"
    setup_url = service_url
    secure_protocol = SCHEMA
    request_rate_per_sec = 0
    templates = ("{schema}://{host}/", "{schema}://{user}@{host}/")

    def __init__(self, route: GraphRoute, delivery: "_Delivery | None" = None, **given: Any) -> None:
        super().__init__(**given)
        self.route, self.delivery = route, delivery
        self.receipt: Receipt | None = None

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        try:
            route = GraphRoute.parse(url)
        except ValueError as error:
            DaymarkGraph.logger.error("%s", error)
            return None
        return {"schema": SCHEMA, "host": route.host, "route": route}

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: ARG002 (no secret is in it)
        return self.route.url()

    def send(self, *_: Any, **__: Any) -> bool:
        """Send the mail given at making: Apprise's body and title lack the sender, the HTML and the headers."""
        if self.delivery is None:
            self.logger.error("Daymark Graph is sent through tasks.channels.send, with its recipient")
            return False
        self.receipt = self.delivery.receipt()
        return self.receipt.outcome is SendOutcome.ACCEPTED


NotificationManager().add(DaymarkGraph)


def check_url(url: str) -> None:
    """Raise ValueError with a sentence, without the URL, if `url` is no way to Microsoft Graph."""
    GraphRoute.parse(url)


def send(url: str, mail: OutgoingMail, *, account: Account | None = None, limit_seconds: float = 60) -> Receipt:
    """Send a mail to its recipient and return the receipt; 202 means that Exchange Online took it.

    Nothing that a server does, or leaves undone for `limit_seconds`, raises. A mail that cannot be built is
    refused at stage `build`. Raises ValueError for a URL that `check_url` refuses.
    """
    route = GraphRoute.parse(url)
    if account is None:
        return Receipt(SendOutcome.UNREACHABLE, Stage.AUTH, None, None, NO_ACCOUNT, mail.message_id)
    plugin = DaymarkGraph(route, _Delivery(route, mail, account, Deadline(limit_seconds)), asset=ASSET)
    notify_by(plugin, text=mail.text, subject=mail.subject)
    return plugin.receipt or Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, NOT_PASSED_ON, mail.message_id)


class _Delivery:
    """Hold an attempt to send a mail. No dataclass: its repr would hold the address."""

    def __init__(self, route: GraphRoute, mail: OutgoingMail, account: Account, deadline: Deadline) -> None:
        self.route, self.mail, self.account, self.deadline = route, mail, account, deadline

    def receipt(self) -> Receipt:
        try:
            content = base64.b64encode(build(self.mail))
        except ValueError as error:
            return self._ended(SendOutcome.REFUSED, Stage.BUILD, str(error))
        try:
            return receipt_of(self._answer(content), self.mail.message_id)
        except (NoToken, TimeoutError) as no:
            text = str(no) or f"no answer within {self.deadline.seconds:g} seconds"
            return self._ended(SendOutcome.UNREACHABLE, Stage.AUTH, text, getattr(no, "retry_after", None))
        except Unanswered as silence:
            text = f"{self.route.host}: {silence}"
            if silence.handed_over:
                return self._ended(SendOutcome.UNCERTAIN, Stage.DATA, text)
            return self._ended(SendOutcome.UNREACHABLE, Stage.CONNECT, text)

    def _answer(self, content: bytes) -> Answered:
        """Post once, and once more with a new token when the kept token was refused: then nothing was taken."""
        token = self._token()
        answer = self._posted(content, token)
        if is_refused_token(answer) and (new := self._token(refused=token)) != token:
            answer = self._posted(content, new)
        return answer

    def _token(self, refused: str = "") -> str:
        return access_token(self.account.app, self.route.scope, seconds=self.deadline.left(), refused=refused)

    def _posted(self, content: bytes, token: str) -> Answered:
        given = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain", "User-Agent": "Daymark"}
        address = self.route.address(self.route.mailbox or self.account.mailbox)
        return post(address, content, given, verify=True, deadline=self.deadline)

    def _ended(self, outcome: SendOutcome, stage: Stage, text: str, retry_after: float | None = None) -> Receipt:
        return Receipt(outcome, stage, None, None, text, self.mail.message_id, retry_after=retry_after)
