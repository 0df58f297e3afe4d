"""Ask the embedded Prefect server from a command or a page, and go on without an answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from config.settings import Settings

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")

_LIMIT_SECONDS = 3.0


def ask_prefect(settings: Settings, question: Callable[["httpx.Client"], Answer]) -> Answer | None:
    """Give the answer of its API to a question; None when it cannot be asked, or answers otherwise than expected."""
    if not settings.prefect_login_file.exists():
        # No server was ever started here, and importing httpx takes a quarter of a second.
        return None
    import ssl

    import httpx

    try:
        name, _, password = settings.prefect_login().partition(":")
        ours = httpx.BasicAuth(name, password)
        # Without trust_env a proxy or a .netrc of the user would be asked first.
        with httpx.Client(
            base_url=settings.prefect_api_url,
            auth=ours,
            timeout=_LIMIT_SECONDS,
            trust_env=False,
            # On loopback nobody shows a certificate, and the usual authorities take a twentieth of a second to read.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        ) as prefect:
            return question(prefect)
    except (httpx.HTTPError, OSError, KeyError, TypeError, ValueError):
        return None
