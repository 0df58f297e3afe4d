"""Read a receipt from GOV.UK Notify's answer.

Receipts speak SMTP (4xx is "later", 5xx "never"), HTTP the other way round: its own number stands in the text.
"""

import ssl
from collections.abc import Mapping
from typing import Any

import requests
from notifications_python_client.errors import APIError
from urllib3.exceptions import MaxRetryError, NewConnectionError

from tasks.channels.receipt import Receipt, SendOutcome, Stage

NEVER = 554
_LATER = 451
_NO_SUCH_RECIPIENT = 550
_RATE_LIMIT_SECONDS = 60
_GATEWAYS = (502, 504)
_NO_LINE = (requests.ConnectTimeout, requests.exceptions.ProxyError, requests.exceptions.InvalidURL)


def sent_earlier(notification: Mapping[str, Any], reference: str) -> Receipt:
    """Give the receipt of a message that Notify has from an earlier attempt."""
    status, id_ = str(notification.get("status")), str(notification["id"])
    if not status.endswith("-failure"):
        text = f"GOV.UK Notify had it from an earlier attempt: {status}"
        return Receipt(SendOutcome.ACCEPTED, Stage.DATA, None, None, text, reference, reference=id_)
    code = _NO_SUCH_RECIPIENT if status == "permanent-failure" else NEVER
    text = f"GOV.UK Notify could not deliver it: {status}"
    return Receipt(SendOutcome.REFUSED, Stage.RCPT, code, None, text, reference, reference=id_)


def trouble(error: APIError, reference: str) -> Receipt:
    """Give the receipt of a message that Notify answered with an error, or not at all."""
    if error.response is None:
        return _silence(error, reference)
    status, errors = error.status_code, _errors(error)
    outcome, stage, code, retry_after = _meaning(status, {name for name, _ in errors})
    said = "; ".join(f"{name}: {message}" for name, message in errors) or "no reason given"
    text = f"GOV.UK Notify answered {status}: {said}"
    return Receipt(outcome, stage, code, None, text, reference, retry_after=retry_after)


def _meaning(status: int, errors: set[str]) -> tuple[SendOutcome, Stage, int | None, float | None]:
    if status == 429 and "TooManyRequestsError" not in errors:
        return SendOutcome.UNREACHABLE, Stage.CONNECT, _LATER, _RATE_LIMIT_SECONDS
    if status == 403:
        return SendOutcome.UNREACHABLE, Stage.AUTH, None, None
    if status in (400, 413, 429):  # 429: the day's limit is used up, and another channel is faster than midnight
        return SendOutcome.REFUSED, Stage.DATA, NEVER, None
    if status < 300 or status in _GATEWAYS:  # taken, but not told how; or told by a gateway in front of Notify
        return SendOutcome.UNCERTAIN, Stage.DATA, None, None
    return SendOutcome.UNREACHABLE, Stage.CONNECT, None, None


def _errors(error: APIError) -> list[tuple[str, str]]:
    try:
        faults = error.response.json()["errors"]  # type: ignore[union-attr]
        return [(str(fault["error"]), str(fault["message"])) for fault in faults]
    except (ValueError, LookupError, TypeError):
        return []


def _silence(error: APIError, reference: str) -> Receipt:
    """Say that nothing was handed over only when it is certain that no line was ever open."""
    cause = error.__cause__
    if _never_open(cause):
        text = f"GOV.UK Notify cannot be reached: {type(cause).__name__}"
        return Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, text, reference)
    text = f"GOV.UK Notify did not answer: {type(cause).__name__}"
    return Receipt(SendOutcome.UNCERTAIN, Stage.DATA, None, None, text, reference)


def _never_open(cause: BaseException | None) -> bool:
    if isinstance(cause, _NO_LINE):
        return True
    tried = cause.args[0] if cause and cause.args else None
    reason = tried.reason if isinstance(tried, MaxRetryError) else None
    if isinstance(reason, NewConnectionError):
        return True
    return bool(reason and reason.args and isinstance(reason.args[0], ssl.SSLCertVerificationError))
