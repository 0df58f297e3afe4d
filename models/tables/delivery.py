"""Deliveries: one attempt to hand over a message, with its receipt."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from models.tables.base import Row
from models.tables.columns import NO_TEXT, Instant


class DeliveryRow(Row, table=True):
    """`code` and `enhanced` are the server's (RFC 5321, RFC 3463); `message_id` is the header's,
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
