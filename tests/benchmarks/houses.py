"""Give benchmarks a council to measure: its tables from a template, on SQLite or on a PostgreSQL of their own."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.harness import World
from tests.support import postgres, templates


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder that is gone in the end, beside one for the templates of databases."""
    with TemporaryDirectory(prefix="daymark-bench-") as home:
        os.environ.setdefault(templates.FOLDER, home)
        yield Path(home)


@contextmanager
def council(database: str = "sqlite") -> Iterator[World]:
    """Give Medway as it is applied at seven in the morning, on that kind of database."""
    with ExitStack() as open_:
        home = open_.enter_context(folder())
        url = open_.enter_context(postgres.server()) if database == "postgresql" else ""
        world = open_.enter_context(World(home / "house", database_url=url))
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world
