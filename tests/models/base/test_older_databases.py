"""Test that a database that an earlier Daymark filled is brought up to date with what it knows."""

import json
from typing import Any

import pytest
import sqlalchemy
from alembic import command
from sqlalchemy import TableClause, insert

from models.migrations.upgrade import _config
from models.store import Store, open_engine
from models.store.base.engine import _engine, _url
from models.store.base.hash_chain import CHAIN_START
from models.store.base.json_values import UnreadableRow, recall, written
from models.tables import CouncilRow, MilestoneRow, ObligationRow, OccurrenceRow, PromptRow, ResponseRow
from models.tables.base import Row
from tests.models import world
from tests.timeline.literals import day
from timeline.answers.responses import Answer, State
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

NEW = {
    "council": {
        *("committees", "sign_off", "pre_election_periods", "regime_since", "regime_because", "fact_names"),
        "retention",
    },
    "duty": {"each", "condition", "estimate", "sign_off"},
    "milestone": {"closed_because", "checklist", "confirm"},
    "occurrence": {"estimate"},
}
MOVED = day("Thu 5 Dec 2019")


def old(value: Any, kind: str) -> str:
    """Give a definition as it was written before there were these fields, with the old status of a rule."""
    known = json.loads(written(value), object_hook=with_status)
    return json.dumps({name: each for name, each in known.items() if name not in NEW[kind]})


def with_status(part: dict[str, Any]) -> dict[str, Any]:
    """Give a rule with its kind and certainty in a single word, as they once were."""
    standing = part.pop("standing", None)
    if standing is None:
        return part
    return {**part, "status": "local" if standing["kind"] == "practice" else standing["certainty"]}


def fill(fresh_url: str, *more: tuple[type[Row], dict[str, Any]]) -> None:
    url = _url(fresh_url)
    engine = _engine(url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
        for table, row in (*rows(responses=sum(table is ResponseRow for table, _ in more)), *more):
            whole = row | ({"council": "x"} if table is not CouncilRow else {})
            connection.execute(insert(as_it_was(table, whole)), [whole])
    engine.dispose()


def as_it_was(table: type[Row], row: dict[str, Any]) -> TableClause:
    """Give the table without the columns that came later, and their defaults."""
    now = Row.metadata.tables[str(table.__tablename__)]
    return sqlalchemy.table(
        now.name, *(sqlalchemy.column(name, now.c[name].type if name in now.c else sqlalchemy.String()) for name in row)
    )


def rows(*, responses: int) -> list[tuple[type[Row], dict[str, Any]]]:
    duty, occurrence, task = world.DUTY, world.occurrence(), world.milestone(due_on=MOVED, legal_on=MOVED)
    at, prompt = world.MORNING, world.prompt()
    council = world.timeline("x").council
    parts = {
        name: getattr(prompt, name)
        for name in prompt.__dataclass_fields__
        if name not in ("key", "channels", "invite", "stands_in_for")
    }
    return [
        (
            CouncilRow,
            {"key": "x", "name": "X", "definition": old(council, "council"), "source": "x.yaml", "digest": "d"}
            | {"first_applied_at": at, "stopped_by": "", "stopped_why": "", "audit_sequence": 0}
            | {"audit_head": CHAIN_START},
        ),
        (
            ObligationRow,
            {"key": duty.key, "position": 0, "title": duty.title, "duty_class": duty.duty_class, "basis": duty.basis}
            | {"status": duty.standing.certainty, "owner": duty.owner, "rule": duty.rule, "version": 1}
            | {"definition": old(duty, "duty")},
        ),
        (
            OccurrenceRow,
            {
                "ref": occurrence.ref,
                "obligation": duty.key,
                "number": 1,
                "state": occurrence.state,
                "legal_on": occurrence.legal_on,
            }
            | {"definition": old(occurrence, "occurrence")},
        ),
        (
            MilestoneRow,
            {"ref": task.ref, "occurrence": occurrence.ref, "obligation": duty.key, "position": 0, "owner": task.owner}
            | {"due_on": task.due_on, "legal_on": task.legal_on, "state": State.OPEN, "changed_at": at}
            | {"generation": 1, "responses": responses, "definition": old(task, "milestone")},
        ),
        (
            PromptRow,
            {**prompt.key._asdict(), **parts, "channels": ["mail"], "state": "sent", "reason": ""}
            | {"written_at": at, "accepted_at": at, "undeliverable": False},
        ),
    ]


def test_what_it_knew_can_be_read_and_who_was_misled_is_found(fresh_url: str) -> None:
    fill(fresh_url)
    engine = open_engine(fresh_url)
    store = Store(engine, "x")
    moved = world.milestone(due_on=MOVED, legal_on=MOVED)
    timeline = store.definitions.timeline(world.HOURS)
    assert (timeline.council, timeline.obligations) == (world.timeline("x").council, (world.DUTY,))
    assert store.plan.occurrences() == (world.occurrence(moved),)
    assert [outdated.milestone for outdated in store.ledger.outdated()] == [moved]
    assert (store.changes.revisions(), store.definitions.recorded_facts()) == ((), ())
    world.apply(store, world.timeline("x"))
    assert store.changes.undo(at=world.MORNING, who="lead").what == "apply"
    engine.dispose()


def test_what_was_done_before_stays_done_and_what_is_done_now_waits_for_a_second_person(fresh_url: str) -> None:
    done = {"milestone": world.REF, "sequence": 0, "due_on": MOVED, "person": "ann", "at": world.MORNING, "via": "page"}
    fill(fresh_url, (ResponseRow, done | {"answer": Answer.DONE}))
    engine = open_engine(fresh_url)
    store = Store(engine, "x")
    stored = store.plan.milestone(world.REF)
    assert stored is not None
    assert (stored.responses[0].to_confirm, stored.responses[0].by) == (False, "")
    now = task_context(
        store.definitions.timeline(world.HOURS), stored.milestone, (), stored.responses, at=world.MAIL_AT
    )
    assert now.status.state is State.DONE
    # Its definition says nothing of a second person, and the class does.
    assert (stored.milestone.confirm, stored.milestone.needs_second_person) == (None, True)
    engine.dispose()


def test_a_task_that_nobody_can_read_stops_its_own_council_and_no_start(fresh_url: str) -> None:
    fill(fresh_url)
    engine = _engine(_url(fresh_url))
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0028")
        connection.execute(sqlalchemy.text("UPDATE milestone SET definition = 'not what it was'"))
    engine.dispose()
    engine = open_engine(fresh_url)
    with pytest.raises(UnreadableRow):
        Store(engine, "x").plan.milestones()
    engine.dispose()


def test_what_the_version_before_reads_is_left_byte_for_byte(fresh_url: str) -> None:
    fill(fresh_url)
    of_tasks = sqlalchemy.text("SELECT * FROM milestone ORDER BY ref")
    engine = _engine(_url(fresh_url))
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0028")
        before = [dict(row) for row in connection.execute(of_tasks).mappings()]
    engine.dispose()
    engine = open_engine(fresh_url)
    with engine.connect() as connection:
        assert [dict(row) for row in connection.execute(of_tasks).mappings()] == [
            {**row, "shared": ""} for row in before
        ]
    (task,) = Store(engine, "x").plan.milestones()
    assert task == recall(Milestone, before[0]["definition"])
    engine.dispose()
