"""Note which records a session touches, so that they are sealed when its transaction ends."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Delete, Insert, Update, event, select
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from models.store.base.prepared import table_of
from models.store.base.seals import ADDED, KEYS, TOUCHED, Key, Values, name_of
from models.tables import Row


class WatchedSession(Session):
    """Hold a session that notes which records it touches."""


@event.listens_for(WatchedSession, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    statement = state.statement
    if state.is_select:
        return
    mapper = state.bind_mapper
    table = mapper.class_ if mapper is not None else None
    if table not in KEYS:
        return
    if isinstance(statement, Insert):
        note(state.session, table, keys_given(table, state.parameters))
    elif isinstance(statement, Update | Delete) and statement.whereclause is not None:
        columns = [table_of(table).c[name] for name in KEYS[table]]
        keys = state.session.connection().execute(select(*columns).where(statement.whereclause))
        note(state.session, table, (tuple(key) for key in keys))


def keys_given(table: type[Row], parameters: Any) -> Iterator[Key]:
    """Name the records that an insert adds, by its parameters."""
    for row in [parameters] if isinstance(parameters, Mapping) else parameters or ():
        yield tuple(row[name] for name in KEYS[table])


@event.listens_for(WatchedSession, "after_flush")
def _note_flushed(session: Any, _context: object) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if type(row) in KEYS:
            note(session, type(row), [tuple(getattr(row, name) for name in KEYS[type(row)])])


def note(session: Any, table: type[Row], keys: Iterable[Key]) -> None:
    """Note records that a statement touches which runs past the session."""
    noted, added = list(keys), session.info.get(ADDED)
    session.info.setdefault(TOUCHED, {}).setdefault(table, set()).update(noted)
    if added:
        added.update((name, None) for name in (name_of(table, key) for key in noted) if name in added)


def note_added(session: Any, table: type[Row], rows: Iterable[Values]) -> None:
    """Note records that a statement has just added, by their `sealed_columns` as the database returned them: they have
    no seal yet, and are not read again.
    """
    added = {tuple(row[name] for name in KEYS[table]): row for row in rows}
    note(session, table, added)
    session.info.setdefault(ADDED, {}).update((name_of(table, key), row) for key, row in added.items())


def read_anew(session: Any) -> None:
    """Have every record read before it is sealed: what was added may have been taken back."""
    added = session.info.get(ADDED, {})
    added.update(dict.fromkeys(added))
