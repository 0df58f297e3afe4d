"""Hold the aims of the benchmarks, and tell each figure beside its aim: MISSED stands where it is missed.

A figure is kept as a line of JSON in the file that `DAYMARK_BENCH_RESULTS` names, so that `make bench` can print the
whole table in the end and `docs/benchmarks.md` can be made from it.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

RESULTS = "DAYMARK_BENCH_RESULTS"


class Aim(NamedTuple):
    """Hold what is measured, in which unit, and its aim: at least so much, or at most."""

    work: str
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def sense(self) -> str:
        """Word the aim."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.at_most:g}" if self.at_most is not None else ""

    def met_by(self, value: float) -> bool:
        """Tell whether a figure meets the aim; where there is none, every figure does."""
        return not (self.at_least is not None and value < self.at_least) and not (
            self.at_most is not None and value > self.at_most
        )


AIMS = {
    "answers-sqlite": Aim("answers on pages, SQLite, one process", "a CPU second", at_least=250),
    "answers-sqlite-share": Aim("the same, of the page with one bare INSERT", "of the bare page", at_least=0.5),
    "answers-sqlite-p99": Aim("at 100 answers a second, SQLite: 99 of 100 take at most", "ms", at_most=50),
    "answers-postgresql": Aim("answers on pages, PostgreSQL, two processes", "a second", at_least=300),
    "answers-postgresql-share": Aim("the same, of the page with one bare INSERT", "of the bare page", at_least=0.5),
    "answers-postgresql-p99": Aim("at 100 answers a second, PostgreSQL: 99 of 100 take at most", "ms", at_most=50),
    "replies": Aim("replies read, recorded, moved", "a CPU second", at_least=300),
    "whole-path": Aim("due, decided, ledger, accepted by SMTP", "a CPU second", at_least=300),
    "whole-path-memory": Aim("the same: the largest memory", "MB", at_most=300),
    "mails": Aim("sending distinct mails, of kept smtplib", "of smtplib", at_least=0.85),
    "decided": Aim("due rungs decided and written", "a CPU second", at_least=3000),
    "morning": Aim("a morning of 153 councils, through Prefect", "CPU s", at_most=30),
    "morning-memory": Aim("the same: the largest memory", "MB", at_most=400),
    "assurance": Aim("assurance of 153 councils with a year of history", "CPU s", at_most=60),
    "replay": Aim("replay of Medway, five months", "s", at_most=240),
    "tick": Aim("quiet tick beyond an empty flow, through Prefect", "s", at_most=0.5),
    "million-sqlite": Aim("100 due among a million tasks, SQLite", "CPU ms", at_most=50),
    "million-sqlite-growth": Aim("the same, of that among ten thousand", "times", at_most=1.3),
    "million-postgresql": Aim("100 due among a million tasks, PostgreSQL", "ms", at_most=50),
    "million-postgresql-growth": Aim("the same, of that among ten thousand", "times", at_most=1.3),
    "database-year": Aim("database growth, one council, a year", "MB", at_most=8),
    "start-20": Aim("`daymark up` with 20 councils: addresses shown", "s", at_most=60),
}


class Figure(NamedTuple):
    """Hold a figure; `beside` is the same measure of its peer, and `size` what it was measured with."""

    name: str
    value: float
    beside: str = ""
    size: float | None = None
    of: str = ""


def tell(title: str, figures: Sequence[Figure]) -> None:
    """Print the figures beside their aims, and keep them."""
    table = Table("work", "figure", "", "aim", "", "beside", title=title)
    for figure in figures:
        aim = AIMS.get(figure.name) or Aim(figure.of or figure.name, "")
        verdict = "" if not aim.sense else "met" if aim.met_by(figure.value) else "MISSED"
        table.add_row(figure.of or aim.work, worded(figure.value), aim.unit, aim.sense, verdict, figure.beside)
    Console(width=150).print(table)
    keep(figures)


def worded(value: float) -> str:
    """Word a figure with three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def keep(figures: Sequence[Figure]) -> None:
    """Add the figures to the file of this run, where there is one."""
    if named := os.environ.get(RESULTS):
        with Path(named).open("a") as file:
            file.writelines(json.dumps(figure._asdict()) + "\n" for figure in figures)
