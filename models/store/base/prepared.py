"""Prepare the statements that every answer runs, once and by name.

SQLAlchemy builds and types each of them, once for a kind of database; from then on it goes to the driver as it is, and
costs a fifth of what it costs to have SQLAlchemy run it. They read and write columns, and no objects of the ORM.
Whoever writes by them what a seal covers notes it (see `noted`). Parameters are the columns' own names, and for what is
looked for `of_council`, `of_ref`, `of_sha256`, `of_id`, or the list `these`.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, NoReturn

from sqlalchemy import Column, Connection, Dialect, Select, Table, bindparam, insert, select, update
from sqlmodel import Session

from models.store.base.json_values import only_text, storable
from models.tables import (
    AuditEventRow,
    CouncilRow,
    FreeTextRow,
    InboundRow,
    MilestoneRow,
    PromptRow,
    ResponseRow,
    Row,
    SharedDefinitionRow,
    TokenRow,
)

Given = Mapping[str, Any]
_Convert = Callable[[Any], Any]


class Prepared:
    """Hold a statement that the driver runs as it was compiled.

    The listeners of statements hear of it, and what the driver refuses is told as SQLAlchemy tells it.
    """

    def __init__(self, clause: Any) -> None:
        self.clause = clause
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def rows(self, connection: Connection, given: Given) -> list[Any]:
        """Give the rows that it reads, or that an insert returns, as named tuples."""
        return self._for(connection, given).rows(connection, given)

    def row(self, connection: Connection, given: Given) -> Any | None:
        """Give the only row; None when there is none."""
        rows = self.rows(connection, given)
        return rows[0] if rows else None

    def run(self, connection: Connection, *given: Given) -> None:
        """Write what is given, a row or several with the same columns."""
        self._for(connection, given[0]).run(connection, given)

    def _for(self, connection: Connection, given: Given) -> "_Compiled":
        # An insert writes the columns that it is given.
        kind = (connection.dialect.name, *given)
        compiled = self._compiled.get(kind)
        if compiled is None:
            compiled = self._compiled[kind] = _Compiled(self.clause, connection.dialect, list(given))
        return compiled


class _Compiled:
    """Hold a statement in the words of a database, and how its parameters and columns are converted."""

    def __init__(self, clause: Any, dialect: Dialect, names: list[str]) -> None:
        compiled = clause.compile(dialect=dialect, column_keys=names)
        self.text = str(compiled)
        self._is_by_place = compiled.positional
        places = compiled.positiontup if compiled.positional else compiled.binds
        self._bound = [(name, _binder(compiled.binds[name].type, dialect)) for name in places]
        self._fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        # Of the columns that an insert is not given.
        self._defaults = {column.key: column.default for column in compiled.insert_prefetch}
        self._read = partial(_reader, clause, dialect)
        self._read_as: Callable[[Any], Any] | None = None

    def rows(self, connection: Connection, given: Given) -> list[Any]:
        cursor = self._execute(connection, self._converted(given))
        if self._read_as is None:
            self._read_as = self._read(cursor.description)
        rows = [self._read_as(row) for row in cursor.fetchall()]
        cursor.close()
        return rows

    def run(self, connection: Connection, given: Sequence[Given]) -> None:
        if len(given) == 1:
            self._execute(connection, self._converted(given[0])).close()
        else:
            self._execute(connection, [self._converted(each) for each in given], many=True).close()

    def _converted(self, given: Given) -> Any:
        """Give the parameters as the driver takes them: by place or by name."""
        if self._defaults:
            defaults = {name: each.arg(None) if each.is_callable else each.arg for name, each in self._defaults.items()}
            given = {**defaults, **given}
        if self._fixed:
            given = {**self._fixed, **given}
        if self._is_by_place:
            return tuple([convert(given[name]) for name, convert in self._bound])
        return {name: convert(given[name]) for name, convert in self._bound}

    def _execute(self, connection: Connection, parameters: Any, *, many: bool = False) -> Any:
        text, cursor = self.text, connection.connection.cursor()
        for listener in connection.dispatch.before_cursor_execute:
            if listener is not only_text:
                text, parameters = listener(connection, cursor, text, parameters, None, many)
        try:
            cursor.executemany(text, parameters) if many else cursor.execute(text, parameters)
        except connection.dialect.loaded_dbapi.Error as fault:
            _refused(connection, fault, text, parameters, cursor)
        return cursor


def _binder(kind: Any, dialect: Dialect) -> _Convert:
    """Give what makes a parameter of a value; texts become what `only_text` makes of them."""
    return kind.dialect_impl(dialect).bind_processor(dialect) or _text


def _text(given: Any) -> Any:
    return storable(given) if isinstance(given, str) else given


def _refused(connection: Connection, fault: BaseException, text: str, parameters: Any, cursor: Any) -> NoReturn:
    # It has no public name: SQLAlchemy's own words for what a driver refuses, and an end to a dead connection.
    connection._handle_dbapi_exception(fault, text, parameters, cursor, None)


def _reader(clause: Any, dialect: Dialect, described: Sequence[Any]) -> Callable[[Any], Any]:
    """Give what makes a named tuple of a row as the driver gives it."""
    columns: Any = namedtuple("Columns", [column[0] for column in described], rename=True)  # type: ignore[misc]  # mypy knows no names given later
    kinds = [column.type.dialect_impl(dialect) for column in clause.exported_columns]
    each = [kind.result_processor(dialect, column[1]) for kind, column in zip(kinds, described, strict=True)]
    converted = [(place, convert) for place, convert in enumerate(each) if convert]

    def read(row: Any) -> Any:
        values = list(row)
        for place, convert in converted:
            values[place] = convert(values[place])
        return columns._make(values)

    return read


def connection_of(session: Session) -> Connection:
    """Give the connection that a session was opened on."""
    return session.bind if isinstance(session.bind, Connection) else session.connection()


def table_of(row: type[Row]) -> Table:
    """Give the table of a class of rows."""
    return row.__table__  # type: ignore[attr-defined, no-any-return]  # SQLModel does not declare it


OF_COUNCIL: Any = bindparam("of_council")
THESE: Any = bindparam("these", expanding=True)
# A list of more goes by SQLAlchemy, which writes the places of any number.
FEW = 8


class PreparedOf:
    """Hold a statement about some rows of a council, which a column names: prepared for each small number of them."""

    def __init__(self, clause: Select[Any], column: Column[Any]) -> None:
        self._clause, self._column = clause, column
        self._of: dict[int, Prepared] = {}

    def rows(self, connection: Connection, council: str, these: Collection[str | int]) -> Sequence[Any]:
        count, mine = len(these), {"of_council": council}
        if not these:
            return []
        if count > FEW:
            return connection.execute(self._clause.where(self._column.in_(THESE)), mine | {"these": list(these)}).all()
        if count not in self._of:
            places: list[Any] = [bindparam(f"these_{number}") for number in range(count)]
            self._of[count] = Prepared(self._clause.where(self._column.in_(places)))
        named = {f"these_{number}": each for number, each in enumerate(these)}
        return self._of[count].rows(connection, mine | named)


_COUNCIL, _TOKEN = table_of(CouncilRow), table_of(TokenRow)
_TASK, _SHARED = table_of(MilestoneRow), table_of(SharedDefinitionRow)
_PROMPT, _RESPONSE = table_of(PromptRow), table_of(ResponseRow)
_TEXT, _EVENT, _INBOUND = table_of(FreeTextRow), table_of(AuditEventRow), table_of(InboundRow)


def _of_council(table: Table, *columns: str) -> Select[Any]:
    """Select rows of a council, whole or these columns."""
    named = [table.c[name] for name in columns]
    return select(*(named or table.c)).where(table.c.council == OF_COUNCIL)


# Across the councils of a database whose timelines were applied.
_APPLIED = _COUNCIL.c.first_applied_at.is_not(None)
COUNCILS = Prepared(select(_COUNCIL.c.key).where(_APPLIED).order_by(_COUNCIL.c.key))
_STOP = (_COUNCIL.c.stopped_at, _COUNCIL.c.stopped_by, _COUNCIL.c.stopped_why)
STOPS = Prepared(select(*_STOP).where(_APPLIED, _COUNCIL.c.stopped_at.is_not(None)).order_by(_COUNCIL.c.key))
_TOKENS = select(_TOKEN, *_STOP).join(_COUNCIL, _COUNCIL.c.key == _TOKEN.c.council).order_by(_TOKEN.c.council)
TOKENS = Prepared(_TOKENS.where(_TOKEN.c.sha256 == bindparam("of_sha256"), _APPLIED))

# A task, and what was said about it.
TOKEN = Prepared(_of_council(_TOKEN).where(_TOKEN.c.sha256 == bindparam("of_sha256")))
_TASKS = _of_council(_TASK, "definition", "shared", "generation", "responses", "state", "opened_at", "dropped_at")
_TASKS = _TASKS.add_columns(_SHARED.c.definition.label("shared_definition"))
_TASKS = _TASKS.outerjoin(_SHARED, (_SHARED.c.council == _TASK.c.council) & (_SHARED.c.sha256 == _TASK.c.shared))
TASK = Prepared(_TASKS.where(_TASK.c.ref == bindparam("of_ref")))
RESPONSES = PreparedOf(_of_council(_RESPONSE).order_by(_RESPONSE.c.sequence), _RESPONSE.c.milestone)
RECEIVED = Prepared(_of_council(_INBOUND, "id").where(_INBOUND.c.id == bindparam("of_id")))
BODIES = PreparedOf(_of_council(_TEXT, "digest", "body"), _TEXT.c.digest)


def entries(columns: tuple[str, ...]) -> PreparedOf:
    """Prepare the entries of the ledger about tasks, in order."""
    return PreparedOf(_of_council(_PROMPT, *columns).order_by(_PROMPT.c.id), _PROMPT.c.milestone)


# An answer, and the chain that it extends.
_TURN = select(_COUNCIL.c.sealed, _COUNCIL.c.audit_sequence, _COUNCIL.c.audit_head)
# NO KEY: readers may still check foreign keys to the council.
MY_TURN = Prepared(_TURN.where(_COUNCIL.c.key == OF_COUNCIL).with_for_update(key_share=True))
KEEP_TEXTS = Prepared(insert(_TEXT))


ADD_RESPONSE = insert(_RESPONSE)
ADD_INBOUND = insert(_INBOUND)
CHANGE_TASK = Prepared(update(_TASK).where(_TASK.c.council == OF_COUNCIL, _TASK.c.ref == bindparam("of_ref")))
CHAIN_END = Prepared(select(_COUNCIL.c.audit_sequence, _COUNCIL.c.audit_head).where(_COUNCIL.c.key == OF_COUNCIL))
ADD_EVENTS = Prepared(insert(_EVENT))
MOVE_CHAIN_END = Prepared(update(_COUNCIL).where(_COUNCIL.c.key == OF_COUNCIL))
