"""Read a receipt from Microsoft Graph's answer to `sendMail`.

Receipts speak SMTP (4xx is "later", 5xx "never"), HTTP the other way round: its own number stands in the text.
"""

import json
import re

from tasks.channels.https import Answered, retry_after
from tasks.channels.receipt import Receipt, SendOutcome, Stage

_TAKEN = 202
_NEVER = 554
_NO_SUCH_FORM = 553
_TOO_MANY, _UNAVAILABLE = 429, 503
# A gateway tired of waiting, Exchange broke down, or somebody else said yes: the mail may have been taken.
_PERHAPS_TAKEN = (200, 201, 204, 500, 502, 504)
_ABOUT_THE_RECIPIENT = ("ErrorInvalidRecipients",)
# They answer 400 or 403, and are about the mailbox, not about this mail.
_ABOUT_US = ("ErrorQuotaExceeded", "ErrorExceededMessageLimit", "ErrorMessageSubmissionBlocked", "ErrorSendAsDenied")

_WORDS = {
    "ErrorSendAsDenied": "it may not send as the sender in DAYMARK_MAIL_FROM; set it to the mailbox that sends",
    "ErrorAccessDenied": "the app may not send from the mailbox of DAYMARK_MAIL_ADDRESS; ask IT to grant it",
    "ErrorInvalidUser": "there is no such mailbox; look at DAYMARK_MAIL_URL and DAYMARK_MAIL_ADDRESS",
    "ErrorMessageSubmissionBlocked": "Exchange has blocked the mailbox in DAYMARK_MAIL_ADDRESS from sending; ask IT",
}
_BY_STATUS = {
    401: "it takes no token of the app in DAYMARK_MAIL_CLIENT_ID; ask IT whether the app was switched off",
    403: _WORDS["ErrorAccessDenied"],
    404: _WORDS["ErrorInvalidUser"],
    _TOO_MANY: "it asks us to wait",
}


def is_refused_token(answer: Answered) -> bool:
    """Tell whether the token was not taken, because it has expired or was revoked."""
    return answer.status == 401


def receipt_of(answer: Answered, message_id: str) -> Receipt:
    """Give the receipt of a mail that Graph answered."""
    status = answer.status
    if status == _TAKEN:
        return Receipt(SendOutcome.ACCEPTED, Stage.DATA, status, None, "", message_id)
    error, said = _error(answer)
    outcome, stage, code = _meaning(status, error)
    means = _WORDS.get(error) or _BY_STATUS.get(status) or said
    text = f"Microsoft Graph answered {status}{f' {error}' if error else ''}: {means or 'no reason given'}"
    waits = retry_after(answer) if outcome is not SendOutcome.REFUSED else None
    return Receipt(outcome, stage, code, None, text, message_id, retry_after=waits)


def _meaning(status: int, error: str) -> tuple[SendOutcome, Stage, int | None]:
    """Tell a refusal of this mail from a refusal of ourselves, which every mail would meet: then they all wait."""
    if status in _PERHAPS_TAKEN:
        return SendOutcome.UNCERTAIN, Stage.DATA, None
    if error in _ABOUT_THE_RECIPIENT:
        return SendOutcome.REFUSED, Stage.RCPT, _NO_SUCH_FORM
    if status in (400, 413) and error not in _ABOUT_US:
        return SendOutcome.REFUSED, Stage.DATA, _NEVER
    stage = Stage.CONNECT if status in (_TOO_MANY, _UNAVAILABLE) else Stage.AUTH
    return SendOutcome.UNREACHABLE, stage, None


def _error(answer: Answered) -> tuple[str, str]:
    """Give the name of Graph's error and its message; both empty for what is no answer of Graph's."""
    try:
        error = json.loads(answer.body)["error"]
        name, said = str(error["code"]), str(error["message"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return "", ""
    return (name if re.fullmatch(r"[A-Za-z.]{1,60}", name) else ""), said[:200]
