"""Send the heartbeat by which others notice our silence."""

import httpx

from config.settings import Settings

_LIMIT_SECONDS = 10.0


def send_heartbeat(settings: Settings, *, good: bool) -> str:
    """Send one GET to DAYMARK_HEARTBEAT_URL, or to the same with /fail after it, as healthchecks.io has it.

    Gives a sentence about the outcome, never the address; empty where no address is set.
    """
    if not settings.heartbeat_url:
        return ""
    url = settings.heartbeat_url if good else f"{settings.heartbeat_url}/fail"
    try:
        answered = httpx.get(url, timeout=_LIMIT_SECONDS, follow_redirects=True)
    except httpx.HTTPError as trouble:
        return f"The heartbeat could not be sent ({type(trouble).__name__})."
    return "The heartbeat was sent." if answered.is_success else f"The heartbeat was refused ({answered.status_code})."
