"""Read the text of each setting. Every reader raises ValueError for a text that cannot be used."""

import ipaddress
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator

from config.channels import channels
from timeline.calendar.working_hours import WorkingHours

AUTHORITY = "https://login.microsoftonline.com"
"""Where the tokens of Microsoft's cloud come from, but for the national clouds."""
LOOPBACK = "127.0.0.1"
"""The address of the catcher: it stands in for a mail server, and takes anybody's mail without asking."""


def is_this_machine(bind: str) -> bool:
    """Tell whether an address to listen on is reached from this machine alone."""
    return bind == "localhost" or ipaddress.ip_address(bind).is_loopback


def on_loopback(bind: str, port: int) -> str:
    """Give the address, as host:port, at which this machine reaches a part that listens at `bind`."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 (compared, not bound)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class Explained(ValueError):
    """Report a value that cannot be used, with the reason as the end of a sentence that repeats no secret."""


def folder(text: str | Path) -> Path:
    return Path(text).expanduser().absolute()


def address_to_bind(text: str) -> str:
    return text if text == "localhost" else str(ipaddress.ip_address(text))


def networks(text: str) -> str:
    """Check a list of addresses and networks, with commas; `peers_in` reads it."""
    peers_in(text)
    return text


def peers_in(text: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(word.strip()) for word in text.split(","))


def hours(text: str | WorkingHours) -> WorkingHours:
    return text if isinstance(text, WorkingHours) else WorkingHours.parse(text)


def database(url: str) -> str:
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
    # A file is named relative to the folder of the command; the worker runs elsewhere.
    if named := re.fullmatch(r"sqlite:///([^/?].*)", url):
        url = f"sqlite:///{Path(named[1]).absolute()}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError
    return url


def web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/")


def authority(url: str) -> str:
    """Check the address of a token endpoint: our secret goes there, so never in clear."""
    if not re.fullmatch(r"https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?/?", url):
        raise ValueError
    return url.rstrip("/")


Authority = Annotated[str, BeforeValidator(authority)]


def web_address_or_none(url: str) -> str:
    return web_address(url) if url else ""


def login_in(url: str) -> str:
    """Give the login in an address as name:password; empty where there is none."""
    parts = urlsplit(url)
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""


def without_login(url: str) -> str:
    """Give the address without the login in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def mail_route(url: str) -> str:
    # Apprise's own mailto:// sends "sean.o'brien@…" to "brien@…" and reports success.
    if not re.match(r"daymark(?:mails?|graph)://[^/]", url):
        raise ValueError
    return url


def channel_words(text: str) -> str:
    try:
        channels(text, "daymarkmail://")
    except ValueError as fault:
        raise Explained(str(fault)) from None
    return text


def bare_address(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text):
        raise ValueError
    return text


def sender(text: str) -> str:
    bare_address(parseaddr(text)[1])
    if not text.isprintable():
        raise ValueError
    return text
