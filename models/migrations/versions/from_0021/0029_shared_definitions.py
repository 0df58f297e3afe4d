"""Store once what many tasks share: their words, ladder and basis.

What goes in is written out here and never imported: the heart changes, this does not. A text that nobody can read is
left as it is, so that it stops its own council and no other.
"""

import json
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

TEXT = sa.String()
_SHARED = (
    *("obligation", "key", "title", "duty", "asks", "act", "owner", "duty_class", "ladder", "basis", "standing"),
    *("checklist", "completes", "confirm", "finds_out", "asks_owner"),
)
_LEFT_OUT: dict[str, Any] = {
    **{name: [] for name in ("waits_for", "why", "brief", "embargoes")},
    **dict.fromkeys(("closed_because", "because"), ""),
    **dict.fromkeys(("because_until", "recorded")),
    **dict.fromkeys(("waits_for_election", "provisional"), False),
    "ours": True,
}
"""What nearly every task says in the same way is left out of its own."""
_TASKS = sa.table("milestone", *map(sa.column, ("council", "ref", "definition", "shared")))
_SHARED_TABLE = sa.table("shared_definition", *map(sa.column, ("council", "sha256", "definition")))
_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "shared_definition",
        sa.Column("council", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("council", "sha256", name="pk_shared_definition"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name="fk_shared_definition_council_council"),
    )
    op.add_column("milestone", sa.Column("shared", TEXT, nullable=False, server_default=sa.text("''")))
    connection = op.get_bind()
    rows = connection.execute(sa.select(_TASKS.c.council, _TASKS.c.ref).order_by(_TASKS.c.council, _TASKS.c.ref)).all()
    known: set[tuple[str, str]] = set()
    for start in range(0, len(rows), _AT_ONCE):
        _part(connection, rows[start : start + _AT_ONCE], known)


def _part(connection: sa.Connection, rows: Any, known: set[tuple[str, str]]) -> None:
    these = sa.tuple_(_TASKS.c.council, _TASKS.c.ref).in_([tuple(row) for row in rows])
    shared, changes = [], []
    for council, ref, text in connection.execute(sa.select(*list(_TASKS.c)[:3]).where(these)).all():
        parted = _parted(text)
        if parted is None:
            continue
        own, common = parted
        digest = sha256(common.encode()).hexdigest()
        changes.append({"of_council": council, "of_ref": ref, "definition": own, "shared": digest})
        if (council, digest) not in known:
            known.add((council, digest))
            shared.append({"council": council, "sha256": digest, "definition": common})
    mine = _TASKS.c.council == sa.bindparam("of_council"), _TASKS.c.ref == sa.bindparam("of_ref")
    if changes:
        connection.execute(_TASKS.update().where(*mine), changes)
    if shared:
        connection.execute(_SHARED_TABLE.insert(), shared)


def _parted(text: str) -> tuple[str, str] | None:
    """Give what a task has of its own, and what it shares; None where nobody can read it."""
    try:
        task = json.loads(text)
    except ValueError:
        return None
    if not isinstance(task, dict):
        return None
    own = {
        name: value
        for name, value in task.items()
        if name not in _SHARED and (name not in _LEFT_OUT or value != _LEFT_OUT[name])
    }
    return _written(own), _written({name: task[name] for name in _SHARED if name in task})


def _written(part: dict[str, Any]) -> str:
    return json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
