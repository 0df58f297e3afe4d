"""Tell how long a picture takes: a year of Medway's plan, and of forty rows, laid out and written on each paper.

`python -m tests.benchmarks.bench_picture`; the aim is 5 ms of work for the SVG of a year of forty rows. Beside
it stands a peer that writes as many shapes with the same writer, and lays nothing out. A lane that has not changed is
not placed again, so the first drawing takes longer than the next, and is told beside it. The PNG has no aim.
"""

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from config.rendering.picture_png import png
from config.rendering.picture_svg import svg
from tests.docs.picture_page import as_shown
from timeline.picture.contents import Contents
from timeline.picture.lanes import lane
from timeline.picture.layout import lay_out
from timeline.picture.paper import PAGE, PAPERS, Paper

AIM_MS, ROUNDS, ROWS = 5.0, 30, 40


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the median of some rounds, after one that fills the caches."""
    work()
    spent = []
    for _ in range(rounds):
        begun = process_time()
        work()
        spent.append((process_time() - begun) * 1000)
    return median(spent)


def with_forty_rows(medway: Contents) -> Contents:
    """Give the same council with its monthly panels copied until it has forty rows."""
    monthly = [row for row in medway.rows if len(row.items) >= 12]
    copies = [row._replace(duty=f"{row.duty}-{n}") for n in range(ROWS) for row in monthly]
    return replace(medway, rows=(*medway.rows, *copies)[:ROWS])


def _first(of: Contents, paper: Paper) -> str:
    """Draw it as if no page had asked before."""
    lane.cache_clear()
    return svg(lay_out(of, paper))


def main() -> None:
    medway = as_shown()
    forty = with_forty_rows(medway)
    table = Table("picture", "rows", "shapes", "first, ms", "next, ms", "of the peer", "", title="A picture of a year")
    for name, of in (("Medway", medway), ("forty rows", forty)):
        for paper in PAPERS.values():
            picture = lay_out(of, paper)
            ours = milliseconds(lambda of=of, paper=paper: svg(lay_out(of, paper)))  # type: ignore[misc]
            first = milliseconds(lambda of=of, paper=paper: _first(of, paper))  # type: ignore[misc]
            peer = milliseconds(lambda picture=picture: svg(picture))  # type: ignore[misc]
            verdict = "within" if max(first, ours) <= AIM_MS else "MISSED"
            table.add_row(
                f"{name}, {paper.key}",
                str(len(of.rows)),
                str(len(picture.shapes)),
                f"{first:.1f}",
                f"{ours:.1f}",
                f"{ours / peer:.1f}",
                f"{verdict} {AIM_MS:g} ms",
            )
    picture = lay_out(medway, PAGE)
    table.add_row("Medway, page, PNG", "", "", "", f"{milliseconds(lambda: png(picture), 3):.0f}", "", "")
    Console().print(table)


if __name__ == "__main__":
    main()
