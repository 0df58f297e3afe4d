"""Tell where each planted fault was found: the seed, and the little of its script that shows it (found.json).

`python -m tests.simulation.found [FAULT …]` looks for those named, or those not found yet, and writes them down.
"""

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from config.settings import ROOT
from tests.simulation.faults import FAULTS, planted
from tests.simulation.script import Script
from tests.simulation.shrink import Outcome, live, shrink
from tests.simulation.tale import last_line
from tests.simulation.writing import write

_FILE = Path(__file__).with_name("found.json")
_PAGE = ROOT / "docs" / "simulation.md"
_COLUMNS = "| fault | what it does | seed | how its story ends |\n| --- | --- | --- | --- |\n"
_FIRST_LOOK = 240
_SEEDS = 8
_AFTER = 40
_SOON = 110
_SHRINKING = 25


@dataclass(frozen=True)
class Found:
    """Tell what is left of a seed's script, and the last line of its story."""

    seed: int
    days: int
    without: tuple[str, ...]
    events: tuple[str, ...]
    answers: tuple[str, ...]
    last: str

    @property
    def script(self) -> Script:
        whole = write(self.seed)
        return replace(
            whole.only(tuple(event for event in whole.events if event.id in self.events)),
            last_on=whole.town.start + timedelta(days=self.days),
            without=frozenset(self.without),
            answers=frozenset(self.answers),
        )


def stored() -> dict[str, Found]:
    """Tell what was found, by the fault's name."""
    kept: dict[str, dict[str, Any]] = json.loads(_FILE.read_text()) if _FILE.exists() else {}
    lists = ("without", "events", "answers")
    return {name: Found(**each | {part: tuple(each[part]) for part in lists}) for name, each in kept.items()}


def look(name: str, first: int = 0) -> Found | None:
    """Give the first seed in which the simulation finds this fault, shrunk."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    with planted(name):
        for script in islice(_scripts(FAULTS[name].shown_by, first), _SEEDS * (3 if FAULTS[name].shown_by else 1)):
            outcome = live(script)
            if outcome.broken:
                return _kept(shrink(outcome, seconds=_SHRINKING))
    return None


def _scripts(shown_by: str, first: int) -> Iterator[Script]:
    """Give the first months of each seed; where a kind of event is named, of those in which it happens soon, some weeks
    after it.
    """
    for seed in count(first):
        whole = write(seed)
        begins = [event.at.date() for event in whole.events if event.kind == shown_by]
        days = _FIRST_LOOK if not shown_by else min((on - whole.town.start).days for on in [*begins, date.max]) + _AFTER
        if days <= (_SOON if shown_by else _FIRST_LOOK):
            yield replace(whole, last_on=whole.town.start + timedelta(days=days))


def _kept(outcome: Outcome) -> Found:
    script = outcome.script
    days = (script.last_on - script.town.start).days
    events = tuple(event.id for event in script.events)
    return Found(script.seed, days, tuple(sorted(script.without)), events, outcome.given, last_line(outcome))


def main(names: Iterable[str]) -> None:
    asked = tuple(names) or tuple(name for name in FAULTS if name not in stored())
    with ProcessPoolExecutor(2) as pool:
        looking = {pool.submit(look, name): name for name in asked}
        for done in as_completed(looking):
            name, given = looking[done], done.result()
            print(f"{name}: {given.last if given else 'not found'}", flush=True)
            if given:
                _write({**stored(), name: given})


def _write(ones: dict[str, Found]) -> None:
    """Write it into the file, and into the table of the page."""
    plain = {name: asdict(ones[name]) for name in FAULTS if name in ones}
    _FILE.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n")
    head, table = (part for part in _PAGE.read_text().split(_COLUMNS, 1))
    rows = "".join(
        f"| `{name}` | {FAULTS[name].sentence} | {each.seed} | {each.last} |\n" for name, each in ones.items()
    )
    _PAGE.write_text(f"{head}{_COLUMNS}{rows}\n{table[table.index('## ') :]}")


if __name__ == "__main__":
    main(sys.argv[1:])
