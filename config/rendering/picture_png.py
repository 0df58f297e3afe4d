"""Write a picture as PNG, from its SVG, with fonts that come with Daymark: the same bytes on every machine.

The library is resvg: a wheel of 1.4 MB without system libraries, and a third of a second of work for a page. Typst
would bring 34 MB, CairoSVG needs Cairo on the machine, a browser more than both.
"""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from config.rendering.picture_svg import FILL, INK, SIGN, svg
from timeline.picture.shapes import Picture

_FAMILY = "DejaVu Sans"
_ALL = 1 << 24
_BY_SIGHT = 12


def png(picture: Picture, *, zoom: float = 2, colours: int = 0) -> bytes:
    """Write the picture at so many pixels for each of its own; 2 is sharp on paper and on fine screens.

    With so many `colours` at most it is a third as large, which a mail asks for.
    """
    content = png_of(svg(picture), zoom=zoom)
    return _with_palette(content, colours) if colours else content


def png_of(drawn: str, *, zoom: float = 2) -> bytes:
    """Write a picture that is drawn as SVG already."""
    # Imported here: no command but this needs it.
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(
            svg_string=drawn,
            skip_system_fonts=True,
            font_files=_fonts(),
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
            zoom=zoom,
        )
    )


def _with_palette(content: bytes, colours: int) -> bytes:
    from PIL import Image

    with Image.open(BytesIO(content)) as image:
        flat = image.convert("RGB")
    palette = Image.new("P", (1, 1))
    # Pillow counts white, the first, for the entries that are left.
    chosen = _palette(flat.getcolors(_ALL) or [], colours)
    palette.putpalette([part for colour in chosen for part in colour] + [255] * 3 * (256 - len(chosen)))
    written = BytesIO()
    flat.quantize(palette=palette, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _palette(counted: Iterable[Any], colours: int) -> list[tuple[int, int, int]]:
    """Give the colours that the picture is drawn in, then the blends of the most points that differ by sight.

    A mark that stands once must keep its red: Pillow's own choices, and mere frequency, make it grey.
    """
    by_frequency = [colour for _, colour in sorted(counted, reverse=True)]
    chosen = [colour for colour in by_frequency if colour in _drawn_in()]
    for colour in by_frequency:
        if len(chosen) >= colours:
            break
        if all(max(abs(a - b) for a, b in zip(colour, known, strict=True)) >= _BY_SIGHT for known in chosen):
            chosen.append(colour)
    return chosen


@cache
def _drawn_in() -> frozenset[tuple[int, ...]]:
    marks = (colour for colours in SIGN.values() for colour in colours)
    return frozenset(tuple(bytes.fromhex(colour[1:])) for colour in (*INK.values(), *FILL.values(), *marks))


def fonts_folder() -> Path:
    """Find the fonts that Matplotlib brings, without importing it."""
    library = find_spec("matplotlib")
    if library is None or library.origin is None:
        raise ModuleNotFoundError("matplotlib, whose fonts a picture needs, is not installed.")
    return Path(library.origin).parent / "mpl-data/fonts/ttf"


def _fonts() -> list[str]:
    return [str(fonts_folder() / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
