"""Write a picture as PNG, from its SVG, with fonts that come with Daymark: the same bytes on every machine.

The library is resvg: a wheel of 1.4 MB without system libraries, and a third of a second of work for a page. Typst
would bring 34 MB, CairoSVG needs Cairo on the machine, a browser more than both.
"""

from importlib.util import find_spec
from pathlib import Path

from config.rendering.picture_svg import svg
from timeline.picture.shapes import Picture

_FAMILY = "DejaVu Sans"


def png(picture: Picture, *, zoom: int = 2) -> bytes:
    """Write the picture at so many pixels for each of its own; 2 is sharp on paper and on fine screens."""
    return png_of(svg(picture), zoom=zoom)


def png_of(drawn: str, *, zoom: int = 2) -> bytes:
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


def fonts_folder() -> Path:
    """Find the fonts that Matplotlib brings, without importing it."""
    library = find_spec("matplotlib")
    if library is None or library.origin is None:
        raise ModuleNotFoundError("matplotlib, whose fonts a picture needs, is not installed.")
    return Path(library.origin).parent / "mpl-data/fonts/ttf"


def _fonts() -> list[str]:
    return [str(fonts_folder() / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
