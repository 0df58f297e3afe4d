"""Run every test of the memory on a real SQLite file, and on a real PostgreSQL: there every second one in a build."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.store import Store, open_engine
from tests.models import world
from tests.support import rotation, templates

_councils = count(1)
HERE = "tests/models/"
STATED = "council-0"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave every second test on PostgreSQL to another commit, and to the night."""
    left_out = {item for item in items if _is_on_postgres(item) and not rotation.is_chosen(item.nodeid, one_in=2)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _is_on_postgres(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    return given is not None and "postgresql" in given.params.values() and item.nodeid.startswith(HERE)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.requires("postgresql"))])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database that nobody has opened yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'var' / 'daymark.db'}"
    given: str = request.getfixturevalue("fresh_postgres_url")
    return given


@pytest.fixture
def lone_url(fresh_url: str) -> str:
    """Give the address of a database of its own: on SQLite its tables are there already."""
    if fresh_url.startswith("sqlite:///"):
        templates.start_empty(Path(fresh_url.removeprefix("sqlite:///")))
    return fresh_url


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """Give the opened databases of this session: each test has councils of its own in them."""
    file = tmp_path_factory.mktemp("memory") / "daymark.db"
    templates.start_empty(file)
    opened: dict[str, Engine] = {"sqlite": open_engine(f"sqlite:///{file}")}
    yield opened
    for engine in opened.values():
        engine.dispose()


@pytest.fixture(scope="session")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file that tests copy in place of stating a council anew, which takes five times as long."""
    file = tmp_path_factory.mktemp("stated") / "daymark.db"
    templates.start_empty(file)
    engine = open_engine(f"sqlite:///{file}")
    state(Store(engine, STATED))
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.requires("postgresql"))])
def engine(request: pytest.FixtureRequest, databases: dict[str, Engine], tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite" and "store" in request.fixturenames:
        engine = open_engine(f"sqlite:///{shutil.copy(request.getfixturevalue('stated'), tmp_path)}")
        yield engine
        engine.dispose()
        return
    if request.param not in databases:
        databases[request.param] = open_engine(request.getfixturevalue("postgres_url"))
    yield databases[request.param]


@pytest.fixture
def empty_store(engine: Engine) -> Store:
    """Give the memory of a council that has applied nothing."""
    return Store(engine, f"council-{next(_councils)}")


@pytest.fixture
def store(engine: Engine) -> Store:
    """Give the memory of a council with one duty and its one milestone, due on Thu 28 Nov 2019."""
    if engine.dialect.name == "sqlite":
        return Store(engine, STATED)
    store = Store(engine, f"council-{next(_councils)}")
    state(store)
    return store


def state(store: Store) -> None:
    world.apply(store)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
