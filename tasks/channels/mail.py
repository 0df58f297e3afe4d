"""Send a mail by the way that its URL names: SMTP, or Microsoft Graph."""

from tasks.channels.exchange import graph
from tasks.channels.exchange.access import Account
from tasks.channels.receipt import Receipt
from tasks.channels.smtp import plugin as smtp
from tasks.channels.smtp.message import OutgoingMail


def check_url(url: str) -> None:
    """Raise ValueError with a sentence, without the URL, if `url` is no channel for mail."""
    check = graph.check_url if _is_graph(url) else smtp.check_url
    check(url)


def send(url: str, mail: OutgoingMail, *, account: Account | None = None, limit_seconds: float = 60) -> Receipt:
    """Send a mail to its recipient and return the receipt; `account` is needed where the URL signs in by OAuth2.

    Nothing that a server does, or leaves undone for `limit_seconds`, raises. Raises ValueError for a URL that
    `check_url` refuses.
    """
    by_its_way = graph.send if _is_graph(url) else smtp.send
    return by_its_way(url, mail, account=account, limit_seconds=limit_seconds)


def try_out(url: str, *, account: Account | None = None) -> Receipt | None:
    """Sign in to the mail server and hand nothing over; None for Microsoft Graph, which has no line to open."""
    return None if _is_graph(url) else smtp.try_out(url, account=account)


def _is_graph(url: str) -> bool:
    return url.startswith(f"{graph.SCHEMA}:")
