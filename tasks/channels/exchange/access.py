"""Fetch the OAuth2 tokens of an app registration in Microsoft Entra, and keep them in memory while they hold."""

import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from config.values import AUTHORITY
from tasks.channels.time_limits import run_with_timeout

if TYPE_CHECKING:
    from tasks.channels.exchange.entra import Entra

MAIL_SCOPE = "https://outlook.office365.com/.default"
"""IMAP and SMTP of Exchange Online."""
_CLOUDS = {
    "https://login.microsoftonline.us": "https://outlook.office365.us/.default",
    "https://login.partner.microsoftonline.cn": "https://partner.outlook.cn/.default",
}
NO_ACCOUNT = "DAYMARK_MAIL_URL sends by OAuth2: expected an app registration in DAYMARK_MAIL_CLIENT_ID"


class Named(NamedTuple):
    """Hold the names of the settings that hold a registration, as people find them."""

    tenant: str
    client_id: str
    secret: str


@dataclass(frozen=True)
class AppRegistration:
    """Hold an app registration, and the names of its settings. The secret is in no repr."""

    tenant: str
    client_id: str
    secret: str = field(repr=False)
    named: Named
    authority: str = AUTHORITY

    @property
    def host(self) -> str:
        """Name the server that gives tokens, for a sentence to people."""
        return self.authority.removeprefix("https://")

    @property
    def mail_scope(self) -> str:
        """Give the scope for IMAP and SMTP, which differs in national clouds."""
        return _CLOUDS.get(self.authority, MAIL_SCOPE)


@dataclass(frozen=True)
class Account:
    """Hold the registration that signs in, and the mailbox that it sends from where the URL names none."""

    app: AppRegistration
    mailbox: str = field(repr=False)


class NoToken(Exception):
    """Report that no token was given to us; a sentence without any secret. `retry_after`: the seconds that we are to
    wait.
    """

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


def access_token(app: AppRegistration, scope: str, *, seconds: float = 30, refused: str = "") -> str:
    """Give a token that holds, from memory or else a new token, within `seconds`. Raises NoToken.

    `refused` is a token that its server did not take: it is forgotten.
    """
    entra = _entra(app, os.getpid())
    try:
        return run_with_timeout(seconds, lambda: entra.token(scope, refused))
    except TimeoutError:
        raise NoToken(f"No token: {app.host} gave no answer within {seconds:.0f} seconds") from None


# By process: after a fork, two would read each other's answers on the same line.
@lru_cache(maxsize=8)
def _entra(app: AppRegistration, _process: int) -> "Entra":
    # Here, because msal takes half a second, and most that may send need no token.
    from tasks.channels.exchange.entra import Entra

    return Entra(app)


def forget_tokens() -> None:
    """Forget every token of this process."""
    _entra.cache_clear()
