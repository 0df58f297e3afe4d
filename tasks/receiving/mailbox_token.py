"""Fetches the OAuth2 token that opens the mailbox, and keeps it while it holds."""

import os
from pathlib import Path
from typing import Any

import msal

from config.settings import Settings

AUTHORITY = "https://login.microsoftonline.com"
SCOPE = "https://outlook.office365.com/.default"
_KEPT = "imap-token.json"


class NoToken(Exception):
    """No token was given to us; one sentence, without any secret."""


def access_token(settings: Settings, *, authority: str = AUTHORITY, http_client: Any = None) -> str:
    """Give a token that holds, from the cache in HOME or else a new token. Raises NoToken.

    The cache is a secret of its own (mode 600): whoever has it reads the mailbox for an hour. `http_client` stands in
    for the library's own, as a session of requests.
    """
    cache = _read(settings.home / _KEPT)
    try:
        answer: dict[str, Any] = _application(settings, authority, cache, http_client).acquire_token_for_client([SCOPE])
    except (ValueError, OSError) as trouble:  # requests' errors are OSErrors
        raise NoToken(f"No token for the mailbox could be asked for ({type(trouble).__name__}): {_HINT}.") from None
    if cache.has_state_changed:
        _write(settings.home / _KEPT, cache.serialize())
    if "access_token" not in answer:
        raise NoToken(f"The mailbox's token was refused ({answer.get('error', 'no reason given')}): {_HINT}.")
    return str(answer["access_token"])


_HINT = "look at DAYMARK_IMAP_TENANT, DAYMARK_IMAP_CLIENT_ID and DAYMARK_IMAP_CLIENT_SECRET"


def _application(
    settings: Settings, authority: str, cache: msal.SerializableTokenCache, http_client: Any
) -> msal.ConfidentialClientApplication:
    secret = settings.imap_client_secret
    return msal.ConfidentialClientApplication(
        settings.imap_client_id,
        client_credential=secret.get_secret_value() if secret else None,
        authority=f"{authority}/{settings.imap_tenant or settings.mail_tenant}",
        token_cache=cache,
        http_client=http_client,
        # Discovery would ask a fixed host on the internet whether our authority exists.
        instance_discovery=False,
        timeout=30,
    )


def _read(path: Path) -> msal.SerializableTokenCache:
    cache = msal.SerializableTokenCache()
    try:
        cache.deserialize(path.read_text())
    except (OSError, ValueError):
        # A cache that is missing or broken costs one more request.
        return msal.SerializableTokenCache()
    return cache


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
    unfinished.replace(path)
