"""Hold the ledger: a row for each rung due for a person."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import JSON, Field

from models.tables.base import NO, NO_LIST, NO_TEXT, Instant, Row, index_of_some, words
from timeline.delivery.messages import MessageState, TokenKind
from timeline.escalation.prompts import PromptKind, PromptState


class PromptRow(Row, table=True):
    """Hold a prompt. The unique key is the promise that nothing is said twice; no part of it can be NULL, which would
    break it.

    `tried` are the methods, "person/channel", by which it could not be delivered. A prompt withdrawn for a pause is
    `paused`: it may be written again. `refused_at` is when it was suppressed, for the `reason`.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        ForeignKeyConstraint(["council", "milestone"], ["milestone.council", "milestone.ref"]),
        ForeignKeyConstraint(["council", "message"], ["message.council", "message.key"]),
        UniqueConstraint("council", "milestone", "due_on", "rung", "person", "repeat"),
        index_of_some("ix_prompt_waiting", "council", "send_at", where="state = 'waiting' AND message IS NULL"),
        Index("ix_prompt_message", "council", "message"),
        Index("ix_prompt_accepted_at", "council", "accepted_at"),
        Index("ix_prompt_stands_in_for", "council", "stands_in_for", "accepted_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    council: str = Field(foreign_key="council.key")
    milestone: str
    due_on: date
    rung: str
    person: str
    repeat: int
    kind: PromptKind = Field(sa_type=words(PromptKind))
    selector: str
    post: str
    meant_for: str
    deliver_to: str
    rung_at: datetime = Field(sa_type=Instant)
    send_at: datetime = Field(sa_type=Instant)
    timed: bool
    urgent: bool
    channels: list[str] = Field(sa_type=JSON)
    invite: bool = Field(default=False, sa_column_kwargs=NO)
    tried: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs=NO_LIST)
    why: str
    superseded_by: str
    stands_in_for: str = Field(default="", sa_column_kwargs=NO_TEXT)
    state: PromptState = Field(sa_type=words(PromptState))
    reason: str = ""
    refused_at: datetime | None = Field(default=None, sa_type=Instant)
    written_at: datetime = Field(sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
    undeliverable: bool = False
    paused: bool = Field(default=False, sa_column_kwargs=NO)
    message: str | None = None


class ChannelRow(Row, table=True):
    """Hold the health of a channel: after `failures` in a row the channel rests until `rests_until`, and is then tried
    with a single message.
    """

    __tablename__ = "channel"

    council: str = Field(primary_key=True, foreign_key="council.key")
    name: str = Field(primary_key=True)
    failures: int
    rests_until: datetime | None = Field(default=None, sa_type=Instant)
    failed_because: str
    changed_at: datetime = Field(sa_type=Instant)


class DeadAddressRow(Row, table=True):
    """Hold an address that is dead: `sha256` is of the address (or number) that was dead: with another the person
    is reached again.

    `doubted`: a mail came back once, and the next mail tries the address.
    """

    __tablename__ = "dead_address"

    council: str = Field(primary_key=True, foreign_key="council.key")
    person: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    sha256: str
    why: str
    doubted: bool = Field(default=False, sa_column_kwargs=NO)
    since_at: datetime = Field(sa_type=Instant)


class DeliveryRow(Row, table=True):
    """Hold a delivery: `code` and `enhanced` are the server's (RFC 5321, RFC 3463); `message_id` is the header's,
    `reference` the provider's own name for it.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["council", "message"], ["message.council", "message.key"]),
        Index("ix_delivery_reference", "council", "reference"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    message: str = Field(primary_key=True)
    attempt: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    outcome: str
    stage: str
    code: int | None = None
    enhanced: str | None = None
    text: str
    message_id: str
    reference: str = Field(default="", sa_column_kwargs=NO_TEXT)


class MessageRow(Row, table=True):
    """Hold a message: `tokens` is the list of TokenClaims; `claimed_at` is when a process, `claimed_by`, last began to
    send it. `receipt` says that it was accepted, until the ledger has it.

    `calendar` is an invitation as it stands in the mail; `in_reply_to` the Message-ID of the mail it answers.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_next_attempt_at", "council", "state", "next_attempt_at"),
        Index("ix_message_composed_at", "council", "composed_at"),
        index_of_some("ix_message_receipt", "council", "key", where="receipt IS NOT NULL"),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    channel: str
    deliver_to: str
    kind: str
    subject: str
    text: str
    html: str
    tokens: str
    prompts: list[int] = Field(sa_type=JSON)
    composed_at: datetime = Field(sa_type=Instant)
    state: MessageState = Field(sa_type=words(MessageState))
    attempts: int
    next_attempt_at: datetime | None = Field(default=None, sa_type=Instant)
    calendar: str = Field(default="", sa_column_kwargs=NO_TEXT)
    in_reply_to: str = Field(default="", sa_column_kwargs=NO_TEXT)
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    claimed_by: str = Field(default="", sa_column_kwargs=NO_TEXT)
    receipt: str | None = None


class TokenRow(Row, table=True):
    """Hold a token: `sha256` is of the token, in hexadecimal; the rest is the TokenClaims."""

    __tablename__ = "token"
    # A link is opened before anybody knows whose council made it.
    __table_args__ = (Index("ix_token_sha256", "sha256"),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    sha256: str = Field(primary_key=True)
    person: str
    milestone: str
    due_on: date | None = None
    generation: int
    message: str
    stand_in: str = Field(default="", sa_column_kwargs=NO_TEXT)
    kind: TokenKind = Field(sa_type=words(TokenKind), sa_column_kwargs=NO_TEXT)
    made_at: datetime = Field(sa_type=Instant)
