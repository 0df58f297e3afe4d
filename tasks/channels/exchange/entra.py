"""Ask Microsoft Entra for tokens, by msal, and say in a sentence why there is none."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import msal
import requests

from tasks.channels.exchange.access import AppRegistration, NoToken

# It logs an answer that it cannot read, and whoever answers may repeat our secret.
logging.getLogger("msal").setLevel(logging.CRITICAL)

_TOO_MANY = 429
_LONGEST_SILENCE_SECONDS = 10


class Entra:
    """Hold the token endpoint of a tenant, for a registration. Its client is made at the first question, which may
    fail.
    """

    def __init__(self, app: AppRegistration) -> None:
        self._app, self._http = app, _Http()
        self._client: msal.ConfidentialClientApplication | None = None
        # Three lines to the mail server ask at once: a single question is enough for them all.
        self._lock = Lock()

    def token(self, scope: str, refused: str) -> str:
        with self._lock, self._troubles():
            client = self._client = self._client or self._made()
            answer: dict[str, Any] = client.acquire_token_for_client([scope])
            if refused and answer.get("access_token") == refused:
                client.remove_tokens_for_client()
                answer = client.acquire_token_for_client([scope])
        if "access_token" not in answer:
            raise self._refusal(answer)
        return str(answer["access_token"])

    def _made(self) -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            self._app.client_id,
            client_credential=self._app.secret,
            authority=f"{self._app.authority}/{self._app.tenant}",
            http_client=self._http,
            # Discovery would ask a fixed host on the internet whether our authority exists.
            instance_discovery=False,
        )

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        named = self._app.named
        try:
            yield
        except requests.RequestException as trouble:
            kind = type(trouble).__name__
            raise NoToken(f"No token: {self._app.host} cannot be reached ({kind})") from None
        except (ValueError, msal.exceptions.MsalServiceError):
            if self._http.status == _TOO_MANY or self._http.status >= 500:
                raise self._busy() from None
            raise NoToken(f"No token: {self._app.host} does not know the tenant, look at {named.tenant}") from None

    def _refusal(self, answer: dict[str, Any]) -> NoToken:
        if self._http.status == _TOO_MANY:
            return self._busy()
        code = re.search(r"AADSTS(\d{4,8})\b", str(answer.get("error_description", "")))
        number = code[1] if code else ""
        error = re.sub(r"[^a-z_]", "", str(answer.get("error", "")))[:40] or "no reason given"
        said = f"AADSTS{number}" if number else error
        named = self._app.named
        means = _MEANS.get(number, "look at {tenant}, {client_id} and {secret}").format(**named._asdict())
        return NoToken(f"No token for the app registration ({said}): {means}")

    def _busy(self) -> NoToken:
        return NoToken(f"No token yet: {self._app.host} asks us to wait ({self._http.status})", self._http.retry_after)


# Only the words depend on these numbers, which Microsoft may change; a number that is not here says less.
_MEANS = {
    "7000215": "its secret is wrong, put the secret's value (not its ID) into {secret}",
    "7000222": "its secret has expired, put a new one into {secret}",
    "700016": "the tenant does not know it (any more), look at {client_id} and {tenant}",
    "7000112": "it is switched off, ask IT about the app in {client_id}",
    "90002": "there is no such tenant, look at {tenant}",
    "500011": "the tenant has no such service, look at {tenant}",
    "53003": "a rule of Conditional Access keeps it out, ask IT about the app in {client_id}",
}


class _Http(requests.Session):
    """Keep the status and Retry-After of the last answer, which msal does not hand on."""

    status = 0
    retry_after: float | None = None

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        # A redirect comes from a proxy's page, not from Entra: the secret must not follow it.
        response = super().request(*args, **kwargs | {"timeout": _LONGEST_SILENCE_SECONDS, "allow_redirects": False})
        self.status = response.status_code
        asked = response.headers.get("Retry-After", "")
        self.retry_after = float(asked[:6]) if asked.isascii() and asked.isdecimal() else None
        return response
