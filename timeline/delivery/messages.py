"""Hold messages as they are stored: to one person by one channel, and whether each may leave at an instant."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from timeline.calendar.london import london_date
from timeline.delivery.contact_methods import MAIL
from timeline.director.monday_schedule import MONDAY, week_key
from timeline.escalation.prompts import Prompt
from timeline.planning.occurrences import Milestone

CALENDAR = "calendar"
"""The kind of a message that says something to a calendar, and nothing else."""
BRIEFING = "briefing"
"""The kind of a message to the lead member."""
UNASKED = (MONDAY, BRIEFING)
"""The kinds of messages that nobody asked for: they have no prompts and wait for working time."""


class MessageState(StrEnum):
    """Name the state of a message; if it is `sending` for longer than the claim's lease, nobody knows whether
    it left.
    """

    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"  # a server took it
    DELIVERED = "delivered"  # the provider says that it arrived
    BOUNCED = "bounced"  # it was accepted, and came back
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"  # nothing of it had left, and its words had become untrue


@dataclass(frozen=True, kw_only=True)
class PendingPrompt:
    """Hold a prompt in the ledger that has not left, with its milestone and the generation of its links.

    `tried` are the contact methods, "person/channel", by which it could not be delivered.
    """

    id: int
    prompt: Prompt
    milestone: Milestone
    generation: int = 0
    gone: bool = False
    tried: tuple[str, ...] = ()


class Waiting(NamedTuple):
    """Hold of a prompt that has not left who reads it, and whom it asks about which task."""

    deliver_to: str
    milestone: str
    person: str


class TokenKind(StrEnum):
    """Name the one thing that a token opens. Each kind is derived apart, so that no token stands for another."""

    PAGE = "page"  # a secure link; it stands in the words of a message, never in a header
    REPLY = "reply"  # the task that a mail answers, if its sender is proved
    ENTRY = "entry"  # the same in the address of a calendar entry's organizer
    BOUNCE = "bounce"  # the mail that came back; only mail systems see the envelope
    BOARD = "board"  # what a board may read, whoever of it has the address
    READER = "reader"  # every record without small counts and names, for a program that reads
    EARLIER = ""  # of a mail from before there were kinds: its page and its reply have one token


@dataclass(frozen=True, kw_only=True)
class TokenClaims:
    """Hold everything that a link's token is bound to. The token is derived from it and the secret, and never stored.

    `person` is the person asked. `stand_in` is the person who got it because that person could not be reached, or
    empty.
    """

    person: str
    milestone: str = ""
    due_on: date | None = None
    generation: int = 0
    message: str = ""
    stand_in: str = ""
    kind: TokenKind = TokenKind.PAGE

    @property
    def reader(self) -> str:
        """Give the person who has the link, by the key of the directory."""
        return self.stand_in or self.person

    def as_kind(self, kind: TokenKind) -> "TokenClaims":
        """Give the same claims for a token of another kind."""
        return replace(self, kind=kind)


@dataclass(frozen=True, kw_only=True)
class Message:
    """Hold a mail to a person, as it is stored: «token 0», «token 1» … stand for `tokens` in order.

    Replies carry the first token; the others are the links of the numbered tasks. `key` is stable and unique; with it
    and the secret the bytes of every attempt are the same. `calendar` is an invitation, `in_reply_to` the Message-ID of
    the mail that is answered. A receipt has no prompts.
    """

    key: str
    channel: str
    deliver_to: str
    kind: str
    subject: str
    text: str
    html: str
    tokens: tuple[TokenClaims, ...]
    prompts: tuple[int, ...]
    composed_at: datetime
    state: MessageState = MessageState.WAITING
    attempts: int = 0
    next_attempt_at: datetime | None = None
    calendar: str = ""
    in_reply_to: str = ""


class Outgoing(NamedTuple):
    """Hold what a message is sent by, without its words."""

    key: str
    channel: str
    kind: str
    state: MessageState
    attempts: int
    composed_at: datetime
    prompts: tuple[int, ...]


def own_token(person: str, key: str, *, stand_in: str = "") -> TokenClaims:
    """Bind a reply token to the message itself: a reply answers no task but waits for a person."""
    return TokenClaims(person=person, message=key, stand_in=stand_in, kind=TokenKind.REPLY)


def envelope_token(message: Message) -> TokenClaims:
    """Bind the token of the envelope sender to the message and its recipient: delivery reports are believed by it."""
    return TokenClaims(person=message.deliver_to, message=message.key, kind=TokenKind.BOUNCE)


def new_message(
    key: str,
    kind: str,
    *,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    html: str = "",
    channel: str = MAIL,
    tokens: tuple[TokenClaims, ...] | None = None,
    prompts: tuple[int, ...] = (),
    leaves_at: datetime | None = None,
    calendar: str = "",
    in_reply_to: str = "",
) -> Message:
    """Build a message that waits: a mail that leaves at once, with the token of its own, unless stated otherwise.

    `to` is a key of the directory. `at` is when it is composed, `leaves_at` when it may leave.
    """
    return Message(
        key=key,
        channel=channel,
        deliver_to=to,
        kind=kind,
        subject=subject,
        text=text,
        html=html,
        tokens=(own_token(to, key),) if tokens is None else tokens,
        prompts=prompts,
        composed_at=at,
        next_attempt_at=leaves_at or at,
        calendar=calendar,
        in_reply_to=in_reply_to,
    )


def answers_somebody(message: Message | Outgoing) -> bool:
    """Tell whether it may leave at any hour: it answers, or tells what cannot wait. Unasked mail waits for working
    time.
    """
    return not message.prompts and message.kind not in UNASKED


def is_out_of_date(message: Message, *, at: datetime) -> bool:
    """Tell whether a message of which nothing has left speaks of another day ("due in 3 working days").

    An uncertain message never does: it may have been read, and is repeated as it was. A receipt speaks of no day, the
    Monday mail of its week.
    """
    composed_on, on = london_date(message.composed_at), london_date(at)
    if message.kind == MONDAY:
        return message.state is MessageState.WAITING and week_key(composed_on) != week_key(on)
    return bool(message.prompts) and message.state is MessageState.WAITING and composed_on != on
