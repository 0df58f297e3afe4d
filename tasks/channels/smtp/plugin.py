"""Send e-mail through Apprise, by a plugin of ours.

Apprise's own `mailto://` reads sean.o'brien@council.example as a name and the address brien@council.example, sends
there and reports success; it knows no recipient, no SMTP code and no Message-ID. Here the recipient never passes
through Apprise's parsing, and each mail to each recipient leaves a receipt.
"""

# Apprise declares what a plugin has to set (protocol, service_name …) as None, and leaves much untyped.
# mypy: disable-error-code="assignment, no-untyped-call"

from dataclasses import replace
from typing import Any

from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager

from tasks.channels.by_apprise import ASSET, NOT_PASSED_ON, notify_by
from tasks.channels.exchange.access import Account
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.connection import Connection, close_connections, deliver
from tasks.channels.smtp.message import OutgoingMail, build
from tasks.channels.smtp.server_url import IMPLICIT, PLAIN, MailServer
from tasks.channels.smtp.timed_smtp import Deadline

__all__ = ["DaymarkMail", "OutgoingMail", "build", "check_url", "close_connections", "send"]


class DaymarkMail(NotifyBase):
    """Hold the plugin for a single `OutgoingMail`, given at making; it holds the `receipt` afterwards."""

    service_name = "Daymark mail"
    service_url = "https://www.rfc-editor.org/rfc/rfc5321"
    setup_url = service_url
    protocol = PLAIN
    secure_protocol = IMPLICIT
    request_rate_per_sec = 0
    templates = ("{schema}://{host}:{port}/", "{schema}://{user}:{password}@{host}:{port}/")

    def __init__(
        self, route: MailServer, mail: OutgoingMail | None = None, deadline: Deadline | None = None, **given: Any
    ) -> None:
        super().__init__(**given)
        self.route, self.mail, self.deadline = route, mail, deadline
        self.receipt: Receipt | None = None

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        try:
            route = MailServer.parse(url)
        except ValueError as error:
            DaymarkMail.logger.error("%s", error)
            return None
        schema = IMPLICIT if route.implicit_tls else PLAIN
        return {"schema": schema, "host": route.host, "port": route.port, "route": route}

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:
        return self.route.url(with_password=not privacy)

    def send(self, *_: Any, **__: Any) -> bool:
        """Send the mail given at making: Apprise's body and title lack the sender, the HTML and the headers."""
        if self.mail is None:
            self.logger.error("Daymark mail is sent through tasks.channels.send, with its recipient")
            return False
        self.receipt = _built_and_delivered(self.route, self.mail, self.deadline or Deadline(60))
        return self.receipt.outcome is SendOutcome.ACCEPTED


NotificationManager().add(DaymarkMail)


def check_url(url: str) -> None:
    """Raise ValueError with a sentence, without the URL, if `url` is no channel for mail."""
    MailServer.parse(url)


def send(url: str, mail: OutgoingMail, *, account: Account | None = None, limit_seconds: float = 60) -> Receipt:
    """Send a mail to its recipient and return the receipt.

    Nothing that a server does, or leaves undone for `limit_seconds`, raises. A mail that cannot be built is
    refused at stage `build`. Raises ValueError for a URL that `check_url` refuses.
    """
    route = _route(url, account)
    plugin = DaymarkMail(route, mail, Deadline(limit_seconds), asset=ASSET)
    notify_by(plugin, text=mail.text, subject=mail.subject)
    return plugin.receipt or Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, NOT_PASSED_ON, mail.message_id)


def try_out(url: str, *, account: Account | None = None, limit_seconds: float = 10) -> Receipt:
    """Open a line to the mail server, sign in, hand nothing over, and return the receipt; raises as `send` does."""
    line = Connection(_route(url, account))
    try:
        return line.try_out(Deadline(limit_seconds))
    finally:
        line.hang_up()


def _route(url: str, account: Account | None) -> MailServer:
    route = MailServer.parse(url)
    return replace(route, account=account) if route.oauth else route


def _built_and_delivered(route: MailServer, mail: OutgoingMail, deadline: Deadline) -> Receipt:
    try:
        content = build(mail)
    except ValueError as error:
        return Receipt(SendOutcome.REFUSED, Stage.BUILD, None, None, str(error), mail.message_id)
    return deliver(route, mail, content, deadline)
