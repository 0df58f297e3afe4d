"""Hold the reminder ladders as the rule pack's own text states them, read a second time."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from config.load import RULES
from tests.simulation.days import Days
from timeline.definitions.duties import Ladder

_WHEN = re.compile(r"(\d+) working days? (before|after first prompt|after)|on the (day)")


@dataclass(frozen=True)
class Step:
    """Hold one rung: so many working days before or after the due date, to whom, said again how often."""

    key: str
    days: int
    mark: str
    to: tuple[str, ...]
    unless_acknowledged: bool
    every: int
    times: int

    def moments(self, due_on: date, days: Days) -> list[date]:
        """Give the days on which it speaks; none for one that counts from the first prompt, which no calendar knows."""
        if self.mark == "after first prompt":
            return []
        on = days.after(due_on, self.days if self.mark == "after" else -self.days) if self.days else due_on
        given = [on]
        for _ in range(self.times if self.every else 0):
            given.append(days.after(given[-1], self.every))
        return given


@cache
def stated() -> dict[str, tuple[tuple[Step, ...], int]]:
    """Give of each ladder its steps, and for how many working days an acknowledgement holds."""
    pack = yaml.safe_load((RULES / "england-ilacs.yaml").read_text())
    return {
        key: (tuple(_step(yamlobject) for yamlobject in given["rungs"]), _number(given["acknowledged_for"]))
        for key, given in pack["ladders"].items()
    }


def of(ladder: Ladder) -> tuple[tuple[Step, ...], int]:
    """Give the steps of a ladder of the rule pack, by its name alone."""
    return stated()[ladder.key]


def _step(given: dict[str, object]) -> Step:
    outcome = _WHEN.fullmatch(str(given["when"]))
    assert outcome, given["when"]
    to = given["to"]
    return Step(
        key=str(given["rung"]),
        days=int(outcome[1] or 0),
        mark=outcome[2] or "before",
        to=tuple(str(each) for each in to) if isinstance(to, list) else (str(to),),
        unless_acknowledged=given["unless"] == "acknowledged",
        every=_number(given.get("every", "0 working days")),
        times=int(str(given.get("times", 0))),
    )


def _number(text: object) -> int:
    return int(str(text).split()[0])
