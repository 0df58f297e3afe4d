"""Read from the channel's URL where to hand mail over."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Self
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from tasks.channels.exchange.access import Account

PLAIN, IMPLICIT = "daymarkmail", "daymarkmails"
_FORM = f"{PLAIN}://[user:password@]host[:port]/"
_FORM_OF_OAUTH = f"{PLAIN}://[mailbox@]host[:port]/?auth=xoauth2"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+")
_RELAY, _SUBMISSION, _SUBMISSION_TLS = 25, 587, 465


class StartTls(StrEnum):
    YES = "yes"  # when the server offers it; required when a password would travel
    NO = "no"
    ALWAYS = "always"


@dataclass(frozen=True)
class MailServer:
    """Hold a mail server, and how safely mail is handed over. The password is in no repr.

    With `oauth` a token of `account` is shown in place of a password (XOAUTH2); `user` is then the mailbox.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False
    starttls: StartTls = StartTls.YES
    verify: bool = True
    oauth: bool = False
    account: Account | None = field(default=None, repr=False)

    @classmethod
    @lru_cache(maxsize=64)
    def parse(cls, url: str) -> Self:
        """Read `daymarkmail://[user:password@]host[:port]/[?starttls=yes|no|always&verify=yes|no&auth=xoauth2]`.

        Raises ValueError with a sentence, in which the URL (it holds the password) never stands.
        """
        parts, port = _split(url)
        implicit = parts.scheme == IMPLICIT
        options = _options(parts.query)
        oauth = "auth" in options
        user, password = _credentials(parts, oauth=oauth)
        starttls = StartTls(options.get("starttls", "yes"))
        if implicit and "starttls" in options:
            raise ValueError(f"the mail URL asks for starttls, which {IMPLICIT}:// does without: leave it out")
        if (user or oauth) and starttls is StartTls.NO:
            what = "token" if oauth else "password"
            raise ValueError(f"the mail URL would send a {what} unencrypted: leave starttls=no out")
        usual = _SUBMISSION_TLS if implicit else _SUBMISSION if user or oauth else _RELAY
        host, verify = parts.hostname or "", options.get("verify", "yes") == "yes"
        return cls(host, usual if port is None else port, user, password, implicit, starttls, verify, oauth)

    @property
    def must_encrypt(self) -> bool:
        return bool(self.user) or self.oauth or self.starttls is StartTls.ALWAYS

    @property
    def mailbox(self) -> str:
        """Give the mailbox that signs in by OAuth2."""
        return self.user or (self.account.mailbox if self.account else "")

    def without_password(self, text: str) -> str:
        """Mask the password as itself and as it travels: a server may echo the command it did not like."""
        plain = (self.password, f"\0{self.user}\0{self.password}") if self.password else ()
        for secret in (*plain, *(b64encode(part.encode()).decode() for part in plain)):
            text = text.replace(secret, "****")
        return text

    def url(self, *, with_password: bool = False) -> str:
        secret = quote(self.password, safe="") if with_password else "****"
        login = f"{quote(self.user, safe='')}{'' if self.oauth else f':{secret}'}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        starttls = "" if self.implicit_tls else f"starttls={self.starttls}&"
        verify = "yes" if self.verify else "no"
        schema = IMPLICIT if self.implicit_tls else PLAIN
        auth = "&auth=xoauth2" if self.oauth else ""
        return f"{schema}://{login}{host}:{self.port}/?{starttls}verify={verify}{auth}"


def _split(url: str) -> tuple[SplitResult, int | None]:
    unreadable = ValueError(
        f"the mail URL cannot be read: expected {_FORM} with special characters of the password percent-encoded"
    )
    if re.search(r"[\x00-\x20\x7f]", url):  # urlsplit would silently drop some of them
        raise unreadable
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise unreadable from None
    if parts.scheme in ("mailto", "mailtos"):
        raise ValueError(
            f"Apprise's own {parts.scheme}:// sends mail for an address with an apostrophe to somebody else "
            f"and gives no receipts: use {_FORM}"
        )
    if parts.scheme not in (PLAIN, IMPLICIT):
        raise ValueError(f"the mail URL does not begin with {PLAIN}:// or {IMPLICIT}://: expected {_FORM}")
    if not _HOST.fullmatch(parts.hostname or "") or port == 0:
        raise unreadable
    if parts.path not in ("", "/") or parts.fragment:  # or a password with / or # in it
        raise unreadable
    return parts, port


def _credentials(parts: SplitResult, *, oauth: bool) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if oauth and password:
        raise ValueError(f"the mail URL has a password beside auth=xoauth2: expected {_FORM_OF_OAUTH}")
    if not oauth and bool(user) != bool(password):
        raise ValueError(f"the mail URL has a user or a password without the other: expected {_FORM}")
    if not (user + password).isascii():
        raise ValueError("the mail URL has a user or password with letters outside ASCII, which SMTP refuses")
    return user, password


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    known = {"starttls": tuple(StartTls), "verify": ("yes", "no"), "auth": ("xoauth2",)}
    for name, value in options.items():
        if name not in known or value not in known[name]:
            raise ValueError(
                "the mail URL takes only starttls=yes|no|always, verify=yes|no and auth=xoauth2 as options"
            )
    return options
