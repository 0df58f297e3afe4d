"""Keep the fingerprint of the secret key with which this council's links and mails are made."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.store.outbox.settling import settle
from models.tables import CouncilRow, MessageRow, PromptRow
from timeline.delivery.messages import MessageState

KEY_CHANGED = "The secret key was changed."
"""Why a message was withdrawn that would have had dead links."""
_NOT_SETTLED = (MessageState.WAITING, MessageState.SENDING, MessageState.UNCERTAIN)


def key_fingerprint(tx: Transaction) -> str:
    """Read the fingerprint of the key in use; empty before the first message."""
    mine = select(CouncilRow.key_fingerprint).where(col(CouncilRow.key) == tx.council)
    return tx.session.exec(mine).one_or_none() or ""


def note_key(tx: Transaction, fingerprint: str) -> None:
    """Store the fingerprint of the key in use, at its first use."""
    row = tx.session.get_one(CouncilRow, tx.council)
    row.key_fingerprint = row.key_fingerprint or fingerprint


def accept_key(tx: Transaction, fingerprint: str, *, at: datetime, who: str) -> int:
    """Go on with another key; return how many messages are void.

    Every message that has not left for certain is withdrawn, because the links in it would be dead, and a repeated mail
    would not be known as the same: its prompts wait again, and make a new message. Links that have arrived still work.
    """
    settle(tx, at=at)
    row = tx.session.get_one(CouncilRow, tx.council)
    before, row.key_fingerprint = row.key_fingerprint, fingerprint
    mine = col(MessageRow.council) == tx.council, col(MessageRow.state).in_(_NOT_SETTLED)
    open_ = select(MessageRow.key).where(*mine, col(MessageRow.next_attempt_at).is_not(None))
    keys = list(tx.session.exec(open_))
    void = update(MessageRow).where(col(MessageRow.council) == tx.council, col(MessageRow.key).in_(keys))
    tx.session.exec(void.values(state=MessageState.WITHDRAWN, next_attempt_at=None))
    theirs = update(PromptRow).where(col(PromptRow.council) == tx.council, col(PromptRow.message).in_(keys))
    tx.session.exec(theirs.values(message=None))
    typed = texts.keep(tx, {"who": who})
    changed = Event(what="secret key changed", ref=tx.council, who="", before=before, after=fingerprint, texts=typed)
    events = [Event(what="message withdrawn", ref=key, why=KEY_CHANGED) for key in keys]
    audit.record(tx, [changed, *events], at=at)
    return len(keys)
