"""Prepare the statements that every answer runs, once and by name.

A statement of constants is built and keyed once in a process: to run it costs a third of building it anew. These read
and write columns, and no objects of the ORM, which cost as much again. Whoever writes by them what a seal covers notes
it (see `noted`). Parameters are the columns' own names, and for what is looked for `of_council`, `of_ref`,
`of_sha256`, `of_id`, or the list `these`.
"""

from typing import Any

from sqlalchemy import Select, Table, bindparam, insert, select, update

from models.tables import (
    AuditEventRow,
    CouncilRow,
    FreeTextRow,
    InboundRow,
    MilestoneRow,
    PromptRow,
    ResponseRow,
    Row,
    TokenRow,
)


def table_of(row: type[Row]) -> Table:
    """Give the table of a class of rows."""
    return row.__table__  # type: ignore[attr-defined, no-any-return]  # SQLModel does not declare it


OF_COUNCIL: Any = bindparam("of_council")
THESE: Any = bindparam("these", expanding=True)

_COUNCIL, _TOKEN, _TASK = table_of(CouncilRow), table_of(TokenRow), table_of(MilestoneRow)
_PROMPT, _RESPONSE = table_of(PromptRow), table_of(ResponseRow)
_TEXT, _EVENT, _INBOUND = table_of(FreeTextRow), table_of(AuditEventRow), table_of(InboundRow)


def _of_council(table: Table, *columns: str) -> Select[Any]:
    """Select rows of a council, whole or these columns."""
    named = [table.c[name] for name in columns]
    return select(*(named or table.c)).where(table.c.council == OF_COUNCIL)


# Across the councils of a database whose timelines were applied.
_APPLIED = _COUNCIL.c.first_applied_at.is_not(None)
COUNCILS = select(_COUNCIL.c.key).where(_APPLIED).order_by(_COUNCIL.c.key)
STOPS = select(_COUNCIL.c.stopped_at, _COUNCIL.c.stopped_by, _COUNCIL.c.stopped_why)
STOPS = STOPS.where(_APPLIED, _COUNCIL.c.stopped_at.is_not(None)).order_by(_COUNCIL.c.key)
TOKENS = select(_TOKEN).join(_COUNCIL, _COUNCIL.c.key == _TOKEN.c.council).order_by(_TOKEN.c.council)
TOKENS = TOKENS.where(_TOKEN.c.sha256 == bindparam("of_sha256"), _APPLIED)

# A task, and what was said about it.
TOKEN = _of_council(_TOKEN).where(_TOKEN.c.sha256 == bindparam("of_sha256"))
TASK = _of_council(_TASK, "definition", "generation", "responses", "state", "opened_at", "dropped_at")
TASK = TASK.where(_TASK.c.ref == bindparam("of_ref"))
RESPONSES = _of_council(_RESPONSE).where(_RESPONSE.c.milestone.in_(THESE)).order_by(_RESPONSE.c.sequence)
RECEIVED = _of_council(_INBOUND, "id").where(_INBOUND.c.id == bindparam("of_id"))
BODIES = _of_council(_TEXT, "digest", "body").where(_TEXT.c.digest.in_(THESE))


def entries(columns: tuple[str, ...]) -> Select[Any]:
    """Prepare the entries of the ledger about these tasks, in order."""
    return _of_council(_PROMPT, *columns).where(_PROMPT.c.milestone.in_(THESE)).order_by(_PROMPT.c.id)


# An answer, and the chain that it extends.
MY_TURN = select(_COUNCIL.c.sealed, _COUNCIL.c.audit_sequence, _COUNCIL.c.audit_head)
MY_TURN = MY_TURN.where(_COUNCIL.c.key == OF_COUNCIL)
# NO KEY: readers may still check foreign keys to the council.
MY_TURN = MY_TURN.with_for_update(key_share=True)
KEEP_TEXTS = insert(_TEXT)
ADD_RESPONSE = insert(_RESPONSE)
ADD_INBOUND = insert(_INBOUND)
CHANGE_TASK = update(_TASK).where(_TASK.c.council == OF_COUNCIL, _TASK.c.ref == bindparam("of_ref"))
CHAIN_END = select(_COUNCIL.c.audit_sequence, _COUNCIL.c.audit_head).where(_COUNCIL.c.key == OF_COUNCIL)
ADD_EVENTS = insert(_EVENT)
MOVE_CHAIN_END = update(_COUNCIL).where(_COUNCIL.c.key == OF_COUNCIL)
