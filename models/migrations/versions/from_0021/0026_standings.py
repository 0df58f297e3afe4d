"""Tell the kind of a rule and its certainty apart, which a single word, its status, told before.

What goes in is written out here and never imported: the heart changes, this does not. The next apply takes the new
words of the rule pack; until then a rule keeps what its old status and its basis said.
"""

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_ACT = re.compile(r"\bAct \d{4}\b|\bSI \d{4}/\d+|\b[Rr]egulation \d+")
_DIRECTION = re.compile(r"\b[Ss]tatutory direction\b")
_DUTIES = sa.table("obligation", *map(sa.column, ("council", "key", "definition", "rule_kind", "certainty")))
_OCCURRENCES = sa.table("occurrence", *map(sa.column, ("council", "ref", "definition")))
_TASKS = sa.table("milestone", *map(sa.column, ("council", "ref", "definition")))


def upgrade() -> None:
    op.add_column("obligation", sa.Column("rule_kind", sa.String(30), nullable=False, server_default="practice"))
    op.add_column("obligation", sa.Column("certainty", sa.String(30), nullable=False, server_default="inferred"))
    op.drop_column("obligation", "status")
    connection = op.get_bind()
    for council, key, text in connection.execute(sa.select(*list(_DUTIES.c)[:3])).all():
        duty = _told_apart(json.loads(text))
        duty["milestones"] = [_told_apart(rule) for rule in duty["milestones"]]
        kind, certainty = duty["standing"]["kind"], duty["standing"]["certainty"]
        here = _DUTIES.update().where(_DUTIES.c.council == council, _DUTIES.c.key == key)
        connection.execute(here.values(definition=_written(duty), rule_kind=kind, certainty=certainty))
    for council, ref, text in connection.execute(sa.select(*_TASKS.c)).all():
        task = _TASKS.update().where(_TASKS.c.council == council, _TASKS.c.ref == ref)
        connection.execute(task.values(definition=_written(_told_apart(json.loads(text)))))
    _occurrences()


def _occurrences() -> None:
    """Tell them apart in the tasks that an early version kept inside an occurrence."""
    connection = op.get_bind()
    for council, ref, text in connection.execute(sa.select(*_OCCURRENCES.c)).all():
        occurrence = json.loads(text)
        if occurrence.get("milestones"):
            occurrence["milestones"] = [_told_apart(task) for task in occurrence["milestones"]]
            here = _OCCURRENCES.update().where(_OCCURRENCES.c.council == council, _OCCURRENCES.c.ref == ref)
            connection.execute(here.values(definition=_written(occurrence)))


def _told_apart(rule: dict[str, Any]) -> dict[str, Any]:
    if "standing" in rule:
        return rule
    status = rule.pop("status", "local")
    if status == "local":
        return {**rule, "standing": {"kind": "practice", "certainty": "inferred"}}
    law = "law" if _ACT.search(rule["basis"]) else "framework"
    kind = "direction" if _DIRECTION.search(rule["basis"]) else law
    return {**rule, "standing": {"kind": kind, "certainty": status}}


def _written(definition: dict[str, Any]) -> str:
    return json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
