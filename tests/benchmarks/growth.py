"""Draw how costs grow, on two logarithmic axes: a line that stays level costs what is due, not what exists."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas

from tests.benchmarks.aims import Figure

_FEWEST = 3
_COLOURS = ("#1d70b8", "#d4351c", "#00703c", "#505a5f", "#4c2c92")


class Picture(NamedTuple):
    """Hold a picture: its title, its axes, and its lines by the figures that they show."""

    title: str
    across: str
    up: str
    lines: Mapping[str, str]


PICTURES = {
    "million": Picture(
        "A tick that finds a hundred tasks due",
        "open tasks",
        "milliseconds",
        {"million-sqlite-size": "SQLite", "million-postgresql-size": "PostgreSQL"},
    ),
    "decided": Picture("Due rungs decided and written", "rungs at once", "a CPU second", {"decided-size": "SQLite"}),
    "morning": Picture(
        "A morning of many councils, through Prefect", "councils", "CPU seconds", {"morning-size": "SQLite"}
    ),
    "year": Picture(
        "A council as its history grows",
        "months of history",
        "CPU milliseconds, or megabytes",
        {
            "year-morning": "a morning",
            "year-assurance": "an assurance",
            "year-whole": "an assurance from the beginning",
            "year-answer": "an answer",
            "year-database": "its database (MB)",
        },
    ),
}


def draw(folder: Path, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Write each picture that has three sizes at least as SVG into the folder, and name those that it has."""
    folder.mkdir(exist_ok=True)
    drawn = {name: picture for name, picture in PICTURES.items() if _has_growth(picture, figures)}
    with mpl.rc_context({"svg.hashsalt": "daymark", "svg.fonttype": "none", "font.size": 9}):
        for name, picture in drawn.items():
            canvas = _drawn(picture, figures)
            metadata = {"Title": picture.title, "Date": None}
            canvas.savefig(folder / f"{name}.svg", format="svg", metadata=metadata)
    return tuple(drawn)


def _has_growth(picture: Picture, figures: Sequence[Figure]) -> bool:
    return any(sum(figure.name == name for figure in figures) >= _FEWEST for name in picture.lines)


def _drawn(picture: Picture, figures: Sequence[Figure]) -> Canvas:
    canvas = Canvas(figsize=(7, 4))
    axes = canvas.subplots()
    for colour, (name, label) in zip(_COLOURS, picture.lines.items(), strict=False):
        points = sorted((figure.size, figure.value) for figure in figures if figure.name == name and figure.size)
        if points:
            axes.loglog(*zip(*points, strict=True), marker="o", color=colour, label=label)
    axes.set_title(picture.title, loc="left", fontweight="bold")
    axes.set_xlabel(picture.across)
    axes.set_ylabel(picture.up)
    axes.grid(visible=True, which="both", linewidth=0.3)
    if axes.lines:
        axes.legend(frameon=False)
    canvas.tight_layout()
    return canvas
