"""Name the refusals of Microsoft Entra, Microsoft Graph and Exchange Online, as they word them."""

from dataclasses import dataclass

TENANT = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
CLIENT = "11111111-2222-3333-4444-555555555555"
SECRET = "hunter2-of-the-app-registration"
MAILBOX = "reminders@daymark.example"
OUTLOOK = "https://outlook.office365.com/.default"


@dataclass(frozen=True)
class Refusal:
    """Hold `error` and `said` as Entra (error, error_description) and Graph (code, message) write them."""

    status: int
    error: str = ""
    said: str = ""
    headers: tuple[tuple[str, str], ...] = ()


EXPIRED_SECRET = Refusal(401, "invalid_client", f"AADSTS7000222: The keys of '{CLIENT}' ({SECRET}) are expired.")
WRONG_SECRET = Refusal(401, "invalid_client", f"AADSTS7000215: Invalid client secret provided: {SECRET}.")
REVOKED_APP = Refusal(
    400, "unauthorized_client", f"AADSTS700016: Application with identifier '{CLIENT}' was not found."
)
THROTTLED = Refusal(429, "TooManyRequests", "Too many.", (("Retry-After", "120"),))
UNAVAILABLE = Refusal(503, "ServiceUnavailable", "Busy.", (("Retry-After", "30"),))
ACCESS_DENIED = Refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
SEND_AS_DENIED = Refusal(403, "ErrorSendAsDenied", "The user account does not have the right to send as.")
NO_SUCH_MAILBOX = Refusal(404, "ErrorInvalidUser", f"The requested user '{MAILBOX}' is invalid.")
BAD_RECIPIENT = Refusal(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
NO_MIME = Refusal(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.")
