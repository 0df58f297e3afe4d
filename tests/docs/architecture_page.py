"""Make docs/architecture.md, with its map from the wings themselves: `python -m tests.docs.architecture_page`.

The sentence about a wing is the first line of its `__init__`; the text around the map is `architecture_page.txt`.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from config.settings import ROOT

PAGE = ROOT / "docs/architecture.md"
TEXT = ROOT / "tests/docs/architecture_page.txt"


def page() -> str:
    """Give the whole page."""
    return TEXT.read_text().replace("«map»", "\n".join(_map()))


def wings(room: Path) -> list[Path]:
    """List the wings of a room: its packages, and those of `models.store` in their own place."""
    packages = sorted(path.parent for path in room.rglob("__init__.py"))
    return [path for path in packages if path != room and "versions" not in path.parts]


def sentence(package: Path) -> str:
    """Give the first line of what a package says about itself."""
    doc = ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""
    return doc.partition("\n")[0]


def _map() -> Iterator[str]:
    yield "| room | wing | in a sentence |"
    yield "| --- | --- | --- |"
    for room in rooms():
        yield f"| `{room.name}/` | | {sentence(room)} |"
        for wing in wings(room):
            name = wing.relative_to(room).as_posix()
            yield f"| | [{name}](../{wing.relative_to(ROOT).as_posix()}/__init__.py) | {sentence(wing)} |"


def rooms() -> list[Path]:
    """List the rooms from the top, as the contract of their arrows names them."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    return [ROOT / room for room in named]


if __name__ == "__main__":
    PAGE.write_text(page())
