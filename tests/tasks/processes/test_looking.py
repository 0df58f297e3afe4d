"""Test looking at the parts of `daymark up`: a look that fails ends nothing, and a wrong answer tells nothing."""

from pathlib import Path

import httpx
import pytest

from cli.run.keeping import Keeper
from tasks.processes.prefect_server import PrefectServer


class Part:
    def __init__(self, name: str, *, breaks: bool) -> None:
        self.name, self.breaks, self.starts = name, breaks, 0

    def fault(self) -> str:
        if self.breaks:
            raise ValueError("a fault of ours")
        return "" if self.starts else "ended."

    def start_again(self) -> None:
        self.starts += 1


def test_a_part_that_cannot_be_looked_at_is_started_again_and_the_other_is_looked_after(tmp_path: Path) -> None:
    worker, server = Part("worker", breaks=True), Part("server", breaks=False)
    told: list[str] = []
    keeper = Keeper([worker, server], tmp_path / "logs", told.append, list)
    for now in (0.0, 1.0, 2.0):
        keeper.look(now)
    assert (worker.starts, server.starts) == (1, 1)
    assert told[0] == "The worker could not be looked at (ValueError). It is started again in 1 s."


@pytest.mark.parametrize("answered", ["<html>", '{"detail": "Not Found"}', '[{"name": "daymark"}]'])
def test_a_port_that_another_program_has_taken_tells_nothing_of_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered: str
) -> None:
    request = httpx.Request("POST", "http://127.0.0.1:9")
    monkeypatch.setattr(httpx, "post", lambda *_, **__: httpx.Response(200, text=answered, request=request))
    server = PrefectServer(tmp_path, login="a:b", port=9, log=tmp_path / "log")
    assert server.hears_of("daymark", "daymark") is None
