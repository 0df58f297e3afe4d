"""Run the migrations for Alembic, on the caller's connection and transaction and our tables."""

from alembic import context

from models.migrations.version import VERSION_TABLE
from models.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    version_table=VERSION_TABLE,
    # SQLite can do it, and a migration killed half-way must leave nothing behind.
    transactional_ddl=True,
)
context.run_migrations()
