"""Give the tests of commands what they share: a command run in this process, with what it said."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from cli.main import run
from models.store import Store
from tests.harness import World


@dataclass(frozen=True)
class Said:
    """Hold a command's exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Give the lines of JSON that it printed."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def faults(self) -> list[str]:
        return self.err.splitlines()


class Commands:
    """`daymark …` as a function: `commands("show", "plo-panel/1/cases", "--json")`."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured

    def __call__(self, *arguments: object) -> Said:
        self._captured.readouterr()
        # A process that serves tells its children where the files lie; here the next tests would be among them.
        with patch.dict(os.environ):
            code = run([str(argument) for argument in arguments])
        told = self._captured.readouterr()
        return Said(code, told.out, told.err)


@contextmanager
def copied_house(lived: Path, house: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Give a copy of a house of Medway that was lived in, with commands run in its folder on Wed 28 Aug 2019 at
    10:00.
    """
    monkeypatch.chdir(shutil.copytree(lived, house))
    with World(house) as world:
        world.store = Store(world.store.engine, "medway")
        yield world.at("Wed 28 Aug 2019 10:00")
