"""Select the messages that are to be sent, as conditions that every statement about them shares."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal, or_
from sqlmodel import col

from models.store.base.prepared import table_of
from models.tables import MessageRow
from models.tables.base import Instant
from timeline.calendar.clock_jumps import TOLERANCE
from timeline.delivery.messages import MessageState

TO_SEND = (MessageState.WAITING, MessageState.UNCERTAIN)
_STATE = table_of(MessageRow).c.state
_AT, _AHEAD = bindparam("due_at", type_=Instant), bindparam("ahead", type_=Instant)
_OVER, _FAR = bindparam("lease_over", type_=Instant), bindparam("lease_far", type_=Instant)


def due() -> ColumnElement[bool]:
    """Select what waits and may leave by now."""
    # What has no next attempt was given up for good, whatever the clock was.
    open_ = _in(*TO_SEND) & col(MessageRow.next_attempt_at).is_not(None)
    return open_ & or_(col(MessageRow.next_attempt_at) <= _AT, _by_later())


def to_be_sent() -> ColumnElement[bool]:
    """Select what waits, and what was begun and never ended: its claim is older than a lease, and no receipt of it was
    kept.
    """
    # A claim that lies ahead by more than a lease is nobody's: a later clock made it.
    dead = or_(col(MessageRow.claimed_at) <= _OVER, col(MessageRow.claimed_at) > _FAR)
    abandoned = (col(MessageRow.state) == MessageState.SENDING) & col(MessageRow.receipt).is_(None) & dead
    return _in(*TO_SEND, MessageState.SENDING) & or_(due(), abandoned)


def instants(at: datetime, lease: timedelta = timedelta()) -> dict[str, Any]:
    """Give the parameters of these conditions."""
    return {"due_at": at, "ahead": at + TOLERANCE, "lease_over": at - lease, "lease_far": at + lease}


def _in(*states: MessageState) -> ColumnElement[bool]:
    # Each state by itself: a list would be written out anew at each execution.
    return _STATE.in_([literal(state, _STATE.type) for state in states])


def _by_later() -> ColumnElement[bool]:
    """Select what a later clock composed or tried, and so put off to a wrong instant."""
    return or_(col(MessageRow.composed_at) > _AHEAD, col(MessageRow.claimed_at) > _AHEAD)
