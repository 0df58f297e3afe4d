"""Test the whole set of several machines while its parts are killed: nothing is lost, nothing said twice, the chain is
whole and the assurance green. In `make test-long` a week in which one of each is killed; in a build now and then a day.
"""

import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.run.place import INSTALLED
from tests.cluster.days import FLOWS, Days, doubled, rehearsed, said
from tests.cluster.whole_set import WholeSet
from tests.support import rotation
from tests.support.soon import soon
from tests.support.stated import variant

WEEK = ["Mon 11 Nov 2019", "Tue 12 Nov 2019", "Wed 13 Nov 2019", "Thu 14 Nov 2019", "Fri 15 Nov 2019"]
FIRST, LAST = "2019-11-11", "2019-11-15"

pytestmark = pytest.mark.requires("postgresql", "redis", "caddy")


@contextmanager
def begun(home: Path, *, small: bool = False) -> Iterator[tuple[Days, Path]]:
    """Give the set with Medway applied on the Monday morning, in nobody's shadow."""
    file = variant(home, live_from=FIRST, shadow_until="never")
    with WholeSet(home / "set", small=small) as whole:
        days = Days(whole)
        days.at(f"{WEEK[0]} 07:00")
        whole.daymark("apply", str(file))
        yield days, file


def expect_said(days: Days, file: Path, until: str, but: frozenset[str] = frozenset()) -> None:
    """Test that all was said that was due up to that day, once, and that the chain is whole; `but` these duties."""
    settings = days.set.settings
    assert said(settings) == rehearsed(file, days.set.home / "paper", FIRST, until, but=but)
    assert doubled(settings) == {}
    assert "The chain of medway is whole" in days.set.daymark("audit", "verify")


def during(act: Callable[[], object], kill: Callable[[], object]) -> None:
    """Kill while it acts."""

    def soon_after() -> None:
        time.sleep(2)
        kill()

    with ThreadPoolExecutor(1) as beside:
        killed = beside.submit(soon_after)
        act()
        killed.result()


@rotation.in_turn("set", INSTALLED, "ten processes of several machines start")
def test_a_morning_goes_on_when_a_server_and_a_worker_are_killed(tmp_path: Path) -> None:
    with begun(tmp_path, small=True) as (days, file):
        window = httpx.get(f"http://127.0.0.1:{days.set.ports['prefect']}/", trust_env=False, follow_redirects=True)
        assert "<title>Prefect" in window.text
        # Where the package belongs to root, nothing may be written beside it.
        assert {folder.name for folder in (days.set.home / "prefect/pages").glob("v*")} >= {"v1"}
        days.set.kill("daymark-prefect-api")
        days.set.kill("daymark-worker")
        days.at(f"{WEEK[0]} 07:30")
        days.run("other-duties")
        days.sending(WEEK[0])
        expect_said(days, file, FIRST, but=frozenset(FLOWS))


class Watched:
    """Ask through the proxy, twice a second, whether pages and Prefect answer; count what was answered."""

    def __init__(self, whole: WholeSet) -> None:
        self.answers: Counter[str] = Counter()
        self._urls = {
            "pages": f"http://127.0.0.1:{whole.ports['pages']}/health",
            "Prefect": f"http://127.0.0.1:{whole.ports['prefect']}/api/ready",
        }
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        with httpx.Client(trust_env=False, timeout=30) as client:
            while not self._ended.wait(0.5):
                for name, url in self._urls.items():
                    self.answers[f"{name}: {_answer(client, url)}"] += 1


def _answer(client: httpx.Client, url: str) -> str:
    try:
        return str(client.get(url).status_code)
    except httpx.TransportError as fault:
        return type(fault).__name__


@pytest.mark.long("it lives a week; a build now and then lives a day of it")
@pytest.mark.slow("asks every part for a week and kills each of them")
def test_a_week_in_which_one_of_each_is_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with begun(tmp_path) as (days, file), Watched(days.set) as watched:
        whole = days.set
        began = time.monotonic()
        killed: list[str] = []

        def kill(name: str) -> None:
            part = whole.kill(name)
            killed.append(part.name)
            time.sleep(3)
            part.start()

        def restart_postgres() -> None:
            whole.postgres.end(signal.SIGQUIT)
            killed.append("postgres")
            time.sleep(3)
            whole.postgres.start()

        monday, tuesday, wednesday, thursday, friday = WEEK
        during(lambda: days.morning(monday), lambda: kill("daymark-prefect-api"))
        during(lambda: days.sending(monday), lambda: kill("daymark-web"))
        during(lambda: days.proof(monday), lambda: kill("daymark-prefect-services@1"))
        during(lambda: days.morning(tuesday), lambda: kill("daymark-worker@1"))
        during(lambda: days.sending(tuesday), lambda: kill("daymark-catcher"))
        days.proof(tuesday)
        during(lambda: days.morning(wednesday), restart_postgres)
        during(lambda: days.sending(wednesday), lambda: kill("redis"))
        days.proof(wednesday)
        during(lambda: days.morning(thursday), lambda: kill("daymark-prefect-services@2"))
        during(lambda: days.sending(thursday), lambda: kill("daymark-worker@2"))
        during(days.tell_us_of_an_absence, lambda: kill("daymark-lmtp"))
        days.tell_us_of_an_absence()
        days.proof(thursday)
        during(lambda: days.morning(friday), lambda: kill("proxy"))
        during(lambda: days.sending(friday), lambda: kill("daymark-prefect-api"))
        days.proof(friday)
        figures = f"{time.monotonic() - began:.0f} s, {days.runs} runs, asked again: {dict(days.again)}"
        sys.stderr.write(f"{figures}; killed: {killed}; answers: {dict(watched.answers)}\n")
        expect_said(days, file, LAST)
        assert whole.ended() == []
        assert soon(lambda: not troubles(whole), 300), troubles(whole)


def troubles(whole: WholeSet) -> list[str]:
    """Give what the doctor finds wrong with the set; that its clock is not PostgreSQL's is what a test does to it."""
    lines = whole.examined().splitlines()
    return [line for line in lines if line.startswith("TROUBLE") and line.split()[1] != "clock"]
