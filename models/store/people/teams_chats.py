"""Keep the personal chats of our bot in Teams: kept while its app is installed for a person."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import TeamsChatRow
from timeline.definitions.teams_chat import TeamsChat


def chat_with(tx: Transaction, person: str) -> TeamsChat | None:
    """Read the chat with a person (a key of the directory); None when the app is not installed for them."""
    row = tx.session.get(TeamsChatRow, (tx.council, person))
    return _chat_of(row) if row else None


def open_chat(tx: Transaction, person: str, chat: TeamsChat, *, at: datetime) -> bool:
    """Keep the chat in place of an earlier one; False when it was known just so. The chain names the person alone."""
    row = tx.session.get(TeamsChatRow, (tx.council, person))
    if row and _chat_of(row) == chat:
        return False
    parts = {name: getattr(chat, name) for name in TeamsChat.__dataclass_fields__}
    tx.session.merge(TeamsChatRow(council=tx.council, person=person, since_at=at, **parts))
    audit.record(tx, [Event(what="Teams chat opened", ref=person, via="teams", for_whom=person)], at=at)
    return True


def close_chat(tx: Transaction, person: str, *, conversation: str = "", at: datetime) -> bool:
    """Forget the chat with a person; with `conversation` only if it is that one. False when there was none."""
    row = tx.session.get(TeamsChatRow, (tx.council, person))
    if row is None or (conversation and row.conversation != conversation):
        return False
    tx.session.delete(row)
    audit.record(tx, [Event(what="Teams chat closed", ref=person, via="teams", for_whom=person)], at=at)
    return True


def forget(tx: Transaction, people: Collection[str]) -> None:
    """Forget the chats with these people, who are forgotten themselves."""
    mine = col(TeamsChatRow.council) == tx.council, col(TeamsChatRow.person).in_(people)
    tx.session.exec(delete(TeamsChatRow).where(*mine))


def _chat_of(row: TeamsChatRow) -> TeamsChat:
    return TeamsChat(**{name: getattr(row, name) for name in TeamsChat.__dataclass_fields__})
