"""Test that the parts are kept running, with parts in memory and a clock of our own."""

from pathlib import Path

import pytest

from cli.run.keeping import Keeper, pause_before
from cli.run.parts import Server, Worker
from tasks import clock
from tasks.processes.restarts import restarts_since
from timeline.calendar.london import DAY


class Part:
    def __init__(self, name: str, *, refuses: bool = False) -> None:
        self.name, self.refuses, self.alive, self.starts = name, refuses, True, 0

    def fault(self) -> str:
        return "" if self.alive else "ended."

    def start_again(self) -> None:
        self.starts += 1
        if self.refuses:
            raise OSError("its port is taken.")
        self.alive = True


class House:
    """Hold two parts and their keeper; `told` is what the house said."""

    def __init__(self, home: Path, *, refuses: bool = False) -> None:
        self.worker, self.server = Part("worker", refuses=refuses), Part("server")
        self.told: list[str] = []
        self.cared: list[float] = []
        self.now = 0.0
        self.keeper = Keeper([self.worker, self.server], home / "logs", self.told.append, self._care)

    def _care(self) -> list[str]:
        self.cared.append(self.now)
        if len(self.cared) == 1:
            raise TimeoutError
        return ["plo-panels had not completed this morning, and runs again."]

    def until(self, now: float) -> None:
        while self.now < now:
            self.now += 0.5
            self.keeper.look(self.now)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_part_that_ended_is_started_again_and_told_and_the_other_is_left_alone(house: House, tmp_path: Path) -> None:
    house.until(1)
    house.worker.alive = False
    house.until(3)
    assert (house.worker.alive, house.worker.starts, house.server.starts) == (True, 1, 0)
    assert house.told == ["The worker ended. It is started again in 1 s."]
    yesterday = clock.now() - DAY
    assert restarts_since(tmp_path / "logs", yesterday) == tuple(house.told)
    assert restarts_since(tmp_path / "logs", clock.now() + DAY) == ()


def test_a_part_that_cannot_be_started_is_tried_ever_more_seldom_and_for_ever(tmp_path: Path) -> None:
    house = House(tmp_path, refuses=True)
    house.worker.alive = False
    house.until(600)
    assert house.told[1] == "The worker could not be started again: its port is taken. It is started again in 2 s."
    assert 10 <= house.worker.starts <= 16
    house.worker.refuses = False
    house.until(700)
    assert house.worker.alive


def test_the_pauses_grow_to_a_minute() -> None:
    assert [pause_before(number) for number in (1, 2, 3, 6, 7, 90)] == [1, 2, 4, 32, 60, 60]


def test_a_part_that_was_steady_is_started_again_without_delay(house: House) -> None:
    for _ in range(3):
        house.worker.alive = False
        house.until(house.now + 10)
    house.until(house.now + 301)
    house.worker.alive = False
    house.until(house.now + 2)
    assert house.told[-1] == "The worker ended. It is started again in 1 s."


def test_now_and_then_prefect_is_taken_care_of_and_when_it_cannot_be_asked_all_goes_on(house: House) -> None:
    house.until(700)
    assert house.cared == [300.5, 600.5]
    assert house.told == [
        "Prefect could not be asked what it needs (TimeoutError).",
        "plo-panels had not completed this morning, and runs again.",
    ]


class Hanging:
    """Hold a Prefect server that lives, and answers or not."""

    running, answering = True, False
    heard: bool | None = True

    def __init__(self) -> None:
        self.done: list[str] = []
        self.client_environment: dict[str, str] = {}

    def hears_of(self, pool: str, worker: str) -> bool | None:
        return self.heard

    def answers(self, *, within: float) -> bool:
        return self.answering

    def stop(self) -> None:
        self.done.append("stop")

    def start(self) -> None:
        self.done.append("start")


def test_a_server_that_lives_and_does_not_answer_is_noticed_and_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "asked_every", 0.0)
    hanging = Hanging()
    server = Server(hanging, tmp_path / "log")  # type: ignore[arg-type]  # what a part asks of a PrefectServer
    assert [server.fault() for _ in range(2)] == ["", ""]
    assert server.fault() == f"does not answer any more; see {tmp_path / 'log'}."
    server.start_again()
    assert hanging.done == ["stop", "start"]
    # While it starts it has time; once it has answered, none.
    assert [server.fault() for _ in range(5)] == [""] * 5
    hanging.answering = True
    assert server.fault() == ""
    hanging.answering = False
    assert [bool(server.fault()) for _ in range(3)] == [False, False, True]


def test_a_worker_that_lives_and_does_not_report_is_noticed_but_not_while_nobody_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "asked_every", 0.0)
    monkeypatch.setattr(Worker, "running", True)
    hanging = Hanging()
    worker = Worker(tmp_path / "log", hanging, lambda: None)  # type: ignore[arg-type]  # what it asks of the server
    seen = []
    for hanging.heard in (True, False, None, False, True, False, False):
        seen.append(worker.fault())
    assert seen == [""] * 6 + [f"does not report any more; see {tmp_path / 'log'}."]
