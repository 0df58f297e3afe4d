"""List the answers of GOV.UK Notify, with what each means for a message."""

from tasks.channels.receipt import SendOutcome, Stage
from tests.tasks.notify_server import Act, Answer, Refusal

TOO_FAST = Refusal(429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds")
DAY_IS_FULL = Refusal(429, "TooManyRequestsError", "Exceeded send limits (250000) for today")
BAD_NUMBER = Refusal(400, "ValidationError", "phone_number Not enough digits")
TRIAL = Refusal(400, "BadRequestError", "Can't send to this recipient when service is in trial mode")
CLOCK = Refusal(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")


# what Notify says; outcome, stage, whether to try this channel again, seconds that it asks for
ANSWERS: list[tuple[Answer, SendOutcome, Stage, bool, float | None]] = [
    (TOO_FAST, SendOutcome.UNREACHABLE, Stage.CONNECT, True, 60),
    (DAY_IS_FULL, SendOutcome.REFUSED, Stage.DATA, False, None),
    (BAD_NUMBER, SendOutcome.REFUSED, Stage.DATA, False, None),
    (TRIAL, SendOutcome.REFUSED, Stage.DATA, False, None),
    (CLOCK, SendOutcome.UNREACHABLE, Stage.AUTH, True, None),
    (Refusal(500, "Exception", "Internal server error"), SendOutcome.UNREACHABLE, Stage.CONNECT, True, None),
    (Refusal(503), SendOutcome.UNREACHABLE, Stage.CONNECT, True, None),
    (Refusal(404), SendOutcome.UNREACHABLE, Stage.CONNECT, True, None),
    (Act.REDIRECT, SendOutcome.UNREACHABLE, Stage.CONNECT, True, None),
    # A gateway in front of Notify does not know whether Notify took it.
    (Refusal(502), SendOutcome.UNCERTAIN, Stage.DATA, True, None),
    (Refusal(504), SendOutcome.UNCERTAIN, Stage.DATA, True, None),
    (Act.HANG, SendOutcome.UNCERTAIN, Stage.DATA, True, None),
    (Act.DRIP, SendOutcome.UNCERTAIN, Stage.DATA, True, None),
    (Act.CUT, SendOutcome.UNCERTAIN, Stage.DATA, True, None),
    (Act.NO_JSON, SendOutcome.UNCERTAIN, Stage.DATA, True, None),
    (Act.NO_ID, SendOutcome.UNCERTAIN, Stage.DATA, True, None),
]
