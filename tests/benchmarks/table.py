"""Print the whole table of the benchmarks of this run: each aim with its figure, and MISSED where it is missed.

`python -m tests.benchmarks.table FILE [PAGE]`: from the figures that the benchmarks kept in FILE, a line of JSON each.
With PAGE, also write the measured part of that page between its marks, and draw its pictures beside it.
"""

import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.benchmarks.aims import AIMS, Figure, worded
from tests.benchmarks.growth import PICTURES, draw

BEGINS, ENDS = "<!-- measured -->", "<!-- /measured -->"


def figures_of(file: Path) -> list[Figure]:
    """Read what was kept; of several runs the median of each figure counts."""
    by_name: dict[tuple[str, float | None], list[Figure]] = {}
    for line in file.read_text().splitlines():
        figure = Figure(**json.loads(line))
        by_name.setdefault((figure.name, figure.size), []).append(figure)
    return [each[-1]._replace(value=median(figure.value for figure in each)) for each in by_name.values()]


def lines(figures: Sequence[Figure]) -> list[tuple[str, str, str, str, str]]:
    """Give a line for each aim: the work, the figure, the aim, the verdict, and what stands beside it."""
    given = {figure.name: figure for figure in figures}
    rows = []
    for name, aim in AIMS.items():
        figure = given.get(name)
        if figure is None:
            rows.append((aim.work, "not measured", f"{aim.sense} {aim.unit}", "", ""))
            continue
        verdict = "met" if aim.met_by(figure.value) else "MISSED"
        rows.append((aim.work, f"{worded(figure.value)} {aim.unit}", aim.sense, verdict, figure.beside))
    return rows


def show(rows: Sequence[tuple[str, str, str, str, str]]) -> None:
    table = Table("work", "figure", "aim", "", "beside", title="The benchmarks and their aims")
    for row in rows:
        table.add_row(*row)
    Console(width=150).print(table)


def write(page: Path, figures: Sequence[Figure]) -> None:
    """Write the table and the pictures into the page, between its marks."""
    before, _, rest = page.read_text().partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    cells = ["| work | figure | aim | | beside |", "| --- | --- | --- | --- | --- |"]
    cells += [f"| {' | '.join(row)} |" for row in lines(figures)]
    drawn = [f"![{PICTURES[name].title}](benchmarks/{name}.svg)" for name in draw(page.parent / "benchmarks", figures)]
    machine = f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"
    body = "\n".join(cells) + "\n\n" + "\n\n".join(drawn)
    page.write_text(f"{before}{BEGINS}\n\nMeasured on {machine}.\n\n{body}\n\n{ENDS}{after}")


if __name__ == "__main__":
    kept = figures_of(Path(sys.argv[1]))
    show(lines(kept))
    if len(sys.argv) > 2:
        write(Path(sys.argv[2]), kept)
