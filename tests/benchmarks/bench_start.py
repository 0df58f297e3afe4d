"""Tell how long a command takes to start, beside bare Python and beside an import of SQLModel.

`python -m tests.benchmarks.bench_start [ROUNDS]` (5 by default); the aims are 0.4 s for help and the version, and 1 s
for a command that reads the store. Seconds are those that an idle machine's processor would count, the best of the
rounds. The store holds the demo, applied today.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from config.settings import ROOT
from tests.support.costs import weigh

DAYMARK = (str(Path(sys.executable).with_name("daymark")),)
PEERS = {"python -c pass": (sys.executable, "-c", "pass"), "import sqlmodel": (sys.executable, "-c", "import sqlmodel")}
HELP_SECONDS, STORE_SECONDS = 0.4, 1.0
_TASK = "plo-panel/1/papers"
AIMS = {
    "--help": HELP_SECONDS,
    "--version": HELP_SECONDS,
    "list": STORE_SECONDS,
    f"show {_TASK}": STORE_SECONDS,
    f"why {_TASK}": STORE_SECONDS,
    "monday": STORE_SECONDS,
    "people list": STORE_SECONDS,
    "audit verify": STORE_SECONDS,
    "assurance": STORE_SECONDS,
}


def seconds(command: Sequence[str], home: str) -> float:
    """Give the processor's seconds of one run of a command, as an idle machine would count them."""
    return weigh(lambda: run(command, home)).weighed


def run(command: Sequence[str], home: str) -> None:
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DAYMARK_HOME": home, "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
    )
    assert ran.returncode in (0, 1), ran.stderr


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        seconds((*DAYMARK, "apply", "config/timelines/demo.yaml"), home)
        taken = {name: min(seconds(command, home) for _ in range(rounds)) for name, command in PEERS.items()}
        for name in AIMS:
            taken[name] = min(seconds((*DAYMARK, *name.split()), home) for _ in range(rounds))
    show(taken)


def show(taken: dict[str, float]) -> None:
    table = Table("command", "CPU seconds, weighed", "aim", "", title="Starting a command")
    for name, spent in taken.items():
        aim = AIMS.get(name)
        verdict = "" if aim is None else "met" if spent <= aim else "MISSED"
        table.add_row(name if aim is None else f"daymark {name}", f"{spent:.2f}", f"{aim:g}" if aim else "", verdict)
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
