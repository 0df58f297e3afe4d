"""Keep the personal chats of our bot in Teams while its app is installed for a person.

A chat of an account that the directory does not name waits, and is theirs as soon as a person is entered with it.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import PersonRow, TeamsChatRow, TeamsWaitingChatRow
from timeline.definitions.teams_chat import TeamsChat


def chat_with(tx: Transaction, person: str) -> TeamsChat | None:
    """Read the chat with a person (a key of the directory); None when the app is not installed for them."""
    row = tx.session.get(TeamsChatRow, (tx.council, person))
    return _chat_of(row) if row else None


def newest_chat(tx: Transaction) -> TeamsChat | None:
    """Read the chat that was opened last; None when the app is installed for nobody."""
    rows = select(TeamsChatRow).where(col(TeamsChatRow.council) == tx.council)
    row = tx.session.exec(rows.order_by(col(TeamsChatRow.since_at).desc()).limit(1)).first()
    return _chat_of(row) if row else None


def open_chat(tx: Transaction, person: str, chat: TeamsChat, *, at: datetime) -> bool:
    """Keep the chat in place of an earlier chat; False when it was known just so. The chain names the person alone."""
    row = tx.session.get(TeamsChatRow, (tx.council, person))
    if row and _chat_of(row) == chat:
        return False
    tx.session.merge(TeamsChatRow(council=tx.council, person=person, since_at=at, **_parts(chat)))
    _wait_no_more(tx, chat.account)
    audit.record(tx, [Event(what="Teams chat opened", ref=person, via="teams", for_whom=person)], at=at)
    return True


def close_chat(tx: Transaction, person: str, *, conversation: str = "", at: datetime) -> bool:
    """Forget the chat with a person; with `conversation` only if it is that chat. False when there was none."""
    row = tx.session.get(TeamsChatRow, (tx.council, person))
    if row is None or (conversation and row.conversation != conversation):
        return False
    tx.session.delete(row)
    audit.record(tx, [Event(what="Teams chat closed", ref=person, via="teams", for_whom=person)], at=at)
    return True


def keep_waiting_chat(tx: Transaction, chat: TeamsChat, *, at: datetime) -> None:
    """Keep the chat of an account that is nobody's here yet, in place of an earlier chat."""
    tx.session.merge(TeamsWaitingChatRow(council=tx.council, since_at=at, **_parts(chat)))


def drop_waiting_chat(tx: Transaction, account: str, *, conversation: str) -> None:
    """Forget the chat of an account for which the app was removed, if it is that chat."""
    row = tx.session.get(TeamsWaitingChatRow, (tx.council, account))
    if row and row.conversation == conversation:
        _wait_no_more(tx, account)


def bind_waiting_chats(tx: Transaction, *, at: datetime) -> None:
    """Give each chat that waits to the only person of the directory in force who has its account."""
    for row in list(tx.session.exec(select(TeamsWaitingChatRow).where(col(TeamsWaitingChatRow.council) == tx.council))):
        in_force = col(PersonRow.council) == tx.council, col(PersonRow.dropped_at).is_(None), col(PersonRow.teams) != ""
        people = [person for person in tx.session.exec(select(PersonRow).where(*in_force)) if _is(person, row.account)]
        if len(people) == 1:
            open_chat(tx, people[0].key, _chat_of(row), at=at)


def _is(person: PersonRow, account: str) -> bool:
    return person.teams.strip().lower() == account


def _wait_no_more(tx: Transaction, account: str) -> None:
    mine = col(TeamsWaitingChatRow.council) == tx.council, col(TeamsWaitingChatRow.account) == account
    tx.session.exec(delete(TeamsWaitingChatRow).where(*mine))


def _parts(chat: TeamsChat) -> dict[str, str]:
    return {name: getattr(chat, name) for name in TeamsChat.__dataclass_fields__}


def forget(tx: Transaction, people: Collection[str]) -> None:
    """Forget the chats with these people, who are forgotten themselves."""
    mine = col(TeamsChatRow.council) == tx.council, col(TeamsChatRow.person).in_(people)
    tx.session.exec(delete(TeamsChatRow).where(*mine))


def _chat_of(row: TeamsChatRow | TeamsWaitingChatRow) -> TeamsChat:
    return TeamsChat(**{name: getattr(row, name) for name in TeamsChat.__dataclass_fields__})
