"""Hold the shapes of a laid-out picture, with their places in pixels: all that a writer of SVG needs to know."""

from typing import NamedTuple

from timeline.picture.items import Mark


class Label(NamedTuple):
    """Hold a text; `y` is its base line. `anchor` is "start", "middle" or "end", `ink` the name of a colour.

    A `halo` keeps lines off its letters.
    """

    text: str
    x: float
    y: float
    size: float
    ink: str = "ink"
    anchor: str = "start"
    bold: bool = False
    halo: bool = False


class Box(NamedTuple):
    """Hold a filled rectangle; `fill` is the name of a colour, `title` what a pointer that rests on it reads."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    title: str = ""
    round: float = 0
    line: str = ""


class Rule(NamedTuple):
    """Hold a straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    width: float = 1
    dashed: bool = False


class Sign(NamedTuple):
    """Hold a mark with its middle; `size` 1 is 16 pixels. `was` draws it hollow: the date first given of what has
    moved.
    """

    mark: Mark
    x: float
    y: float
    size: float
    title: str = ""
    was: bool = False


Shape = Label | Box | Rule | Sign


class Picture(NamedTuple):
    """Hold a picture ready to be written: its shapes in the order of drawing, the last on top."""

    width: int
    height: int
    title: str
    desc: str
    shapes: tuple[Shape, ...]
