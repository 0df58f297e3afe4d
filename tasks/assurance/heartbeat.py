"""Send the heartbeat by which others notice our silence."""

import httpx

from config.settings import Settings

_LIMIT_SECONDS = 10.0


# A monitor that takes no body.
_ONLY_GET = (404, 405, 501)


def send_heartbeat(settings: Settings, *, good: bool, proof: str = "") -> str:
    """Send a request to DAYMARK_HEARTBEAT_URL, or to the same with /fail after it, as healthchecks.io has it.

    With a `proof` (the last hashes of the audit chains) it is a POST that carries it, which such a monitor keeps; one
    that takes no body is asked by GET. Gives a sentence about the outcome, never the address;
    empty where no address is set.
    """
    if not settings.heartbeat_url:
        return ""
    url = settings.heartbeat_url if good else f"{settings.heartbeat_url}/fail"
    try:
        answered = _asked(url, proof)
    except httpx.HTTPError as trouble:
        return f"The heartbeat could not be sent ({type(trouble).__name__})."
    return "The heartbeat was sent." if answered.is_success else f"The heartbeat was refused ({answered.status_code})."


def _asked(url: str, proof: str) -> httpx.Response:
    if proof:
        posted = httpx.post(url, content=proof.encode(), timeout=_LIMIT_SECONDS, follow_redirects=True)
        if posted.status_code not in _ONLY_GET:
            return posted
    return httpx.get(url, timeout=_LIMIT_SECONDS, follow_redirects=True)
