"""Give every test what it may ask for: a real Prefect server, PostgreSQL, a browser. Each is started once, when asked
for.
"""

import gc
import os
import shutil
import tempfile
import zoneinfo
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser

from tasks.processes.prefect_address import one_authority
from tasks.processes.prefect_server import PrefectServer
from tasks.processes.speaking import say_the_last
from tasks.reading import bounded
from tests.support import (
    browsing,
    compiling,
    costs,
    fuzzing,
    parts,
    ports,
    postgres,
    prefect_login,
    quick_databases,
    quick_lines,
    quick_years,
    rotation,
    scheduling,
    templates,
)

_HOME = Path(tempfile.mkdtemp(prefix="daymark-tests-"))
_PREFECT_PORT = ports.kept_port()
_PREFECT_LOG = _HOME / "logs/prefect-server.log"


# A quarter of the suite's processor time went into looking for garbage among a million objects that stay.
gc.set_threshold(50_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "requires(part, …): real parts this test needs, see tests/support/parts.py")
    config.addinivalue_line("markers", "slow(reason): why this test takes over two seconds of processor time")
    config.addinivalue_line("markers", "long(reason): asked by `make test-long` alone, and why nothing is lost by it")
    compiling.compile_share(config)
    _leave_only_ours()
    rotation.remember_commit()
    fuzzing.by_default()
    quick_databases.quicken()
    quick_lines.quicken()
    quick_years.quicken()
    # A machine that is busy with other tests must not hold an honest mail for a person.
    bounded.SECONDS = bounded.SECONDS_FOR_A_HEAD = 60
    # Set before anybody imports prefect, which reads its settings then: no test can reach another server,
    # start an ephemeral one, or write into the checkout.
    os.environ["PREFECT_HOME"] = str(_HOME / "prefect")
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{_PREFECT_PORT}/api"
    os.environ["PREFECT_API_AUTH_STRING"] = prefect_login.LOGIN
    os.environ["PREFECT_API_SSL_CERT_FILE"] = str(one_authority(_HOME / "prefect"))
    os.environ["DAYMARK_HOME"] = str(_HOME / "var")
    # As in `speaking_to`.
    zoneinfo.reset_tzpath(to=())
    # The workers of a run find it set, and share the folder.
    os.environ.setdefault(templates.FOLDER, str(_HOME / "templates"))
    Path(os.environ[templates.FOLDER]).mkdir(exist_ok=True)


def _leave_only_ours() -> None:
    for name in [name for name in os.environ if name.startswith(("PREFECT_", "DAYMARK_"))]:
        if not name.startswith(("DAYMARK_TEST_", "DAYMARK_FUZZ")):
            del os.environ[name]


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_report_header() -> str:
    if rotation.LONG:
        return "daymark: everything at full size"
    return f"daymark: of large families the part of {rotation.COMMIT}={rotation.remember_commit()}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> scheduling.ServersAndFiles:
    return scheduling.ServersAndFiles(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    costs.check_reasons(items)
    left_out = [] if rotation.LONG else [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    scheduling.longest_first(items)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage meanwhile: a million objects come, and none goes."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Leave what was imported and collected to the collector no longer. To look for garbage first takes a second."""
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("requires"):
        for name in marker.args:
            parts.require(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Count what a test costs, and fails one that passed and is far over its budget."""
    began = costs.spent()
    result = yield
    cost = costs.spent() - began
    item.user_properties.append((costs.CPU, cost))
    if fault := costs.fault(item, cost):
        pytest.fail(fault, pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail whatever is skipped where DAYMARK_TEST_REQUIRE=all: a build that leaves something out is not green. Show
    the last that Prefect's server said beside a test that failed with it.
    """
    report = yield
    if report.failed and _prefect and scheduling.needs_prefect(item):
        report.sections.append(("Prefect's server", _PREFECT_LOG.read_text(errors="replace")[-6000:]))
    if report.skipped and parts.everything_is_required() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{reason}, and DAYMARK_TEST_REQUIRE=all allows no skip."
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    terminalreporter.section("dearest tests in processor time")
    for line in costs.lines(reports):
        terminalreporter.line(line)
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("NOT TESTED ON THIS MACHINE", yellow=True, bold=True)
        for report in skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            terminalreporter.line(f"{report.nodeid}: {reason}", yellow=True)


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[str]:
    """Give the address of a real Prefect server's API, which flows run in tests already speak to."""
    templates.migrated_prefect(_HOME / "prefect")
    server = PrefectServer(_HOME / "prefect", login=prefect_login.LOGIN, port=_PREFECT_PORT, log=_PREFECT_LOG)
    _prefect.append(server)
    with server:
        yield server.api_url


_prefect: list[PrefectServer] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """End the session's Prefect server after the last test that needs it: idle, it still takes a core's tenth. The
    browser ends after the last test of its files too.
    """
    yield
    if not nextitem or (nextitem.path != item.path and not scheduling.needs_browser(nextitem)):
        browsing.end()
    if _prefect and scheduling.needs_prefect(item) and not (nextitem and scheduling.needs_prefect(nextitem)):
        say_the_last()
        _prefect[0].stop()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the path of a real browser."""
    return parts.require("chromium")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Browser:
    """Give the browser that the tests of this worker share."""
    return browsing.browser_of(chromium)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Give a database of a real PostgreSQL server, shared by the session; `fresh_postgres_url` is one's own."""
    with postgres.server() as url:
        yield url


_databases = count(1)


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> str:
    """Give an empty database of the session's PostgreSQL server, for one test alone."""
    return _fresh(postgres_url)


@pytest.fixture
def another_postgres_url(postgres_url: str) -> str:
    """Give another one, for a test that carries records from one to the other."""
    return _fresh(postgres_url)


def _fresh(postgres_url: str) -> str:
    name = f"fresh_{next(_databases)}"
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_url.rpartition("/")[0] + f"/{name}"
