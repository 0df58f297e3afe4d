"""Test the tables as migrations make them, against the tables as the code knows them."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Engine, Table, UniqueConstraint, inspect

from models.migrations.upgrade import _config
from models.migrations.version import VERSION_TABLE, newest
from models.tables import Row
from models.tables.base import WHERE

BOUND = [table for table in Row.metadata.sorted_tables if table.name != "council"]


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": _compared}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Row.metadata) == []


def test_an_index_of_some_rows_has_the_condition_that_the_code_names(engine: Engine) -> None:
    made = {
        index["name"]: f"{condition}"
        for table in Row.metadata.sorted_tables
        for index in inspect(engine).get_indexes(table.name)
        for option, condition in index.get("dialect_options", {}).items()
        if option.endswith("_where")
    }
    named = {
        index.name: index.info[WHERE]
        for table in Row.metadata.sorted_tables
        for index in table.indexes
        if WHERE in index.info
    }
    assert len(made) == 4
    # PostgreSQL writes the condition anew, with brackets and types.
    assert {*made} == {*named} if engine.dialect.name == "postgresql" else made == named


def test_the_newest_version_is_the_one_that_alembic_upgrades_to() -> None:
    assert newest() == ScriptDirectory.from_config(_config()).get_current_head()


def _compared(*given: Any) -> bool | None:
    """Compare as Alembic does it, but for lists: PostgreSQL has no equality of JSON."""
    return False if isinstance(given[2].type, JSON) else None


@pytest.mark.parametrize("table", BOUND, ids=lambda table: table.name)
def test_every_table_is_bound_to_a_council(table: Table, engine: Engine) -> None:
    bound = [key for key in inspect(engine).get_foreign_keys(table.name) if key["referred_table"] == "council"]
    assert [key["constrained_columns"] for key in bound] == [["council"]]
    assert not table.c.council.nullable


ACROSS_COUNCILS = {"ix_token_sha256"}
"""A link is opened before anybody knows whose it is; its hash is as good as unique."""


@pytest.mark.parametrize("table", BOUND, ids=lambda table: table.name)
def test_every_key_names_the_council(table: Table) -> None:
    key = [column.name for column in table.primary_key]
    assert key == ["id"] or "council" in key
    for unique in [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]:
        assert "council" in unique.columns
    for index in table.indexes:
        assert index.columns.keys()[0] == "council" or index.name in ACROSS_COUNCILS
    for reference in table.foreign_key_constraints:
        assert "council" in reference.column_keys


def test_no_part_of_a_prompts_key_can_be_null(engine: Engine) -> None:
    inspected = inspect(engine)
    (unique,) = inspected.get_unique_constraints("prompt")
    assert unique["column_names"] == ["council", "milestone", "due_on", "rung", "person", "repeat"]
    nullable = {column["name"] for column in inspected.get_columns("prompt") if column["nullable"]}
    assert nullable.isdisjoint(unique["column_names"])
