"""Hold the documents as tests read them: their prose, tables, blocks and headings."""

import re
from functools import cache

from config.settings import ROOT

NAMES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("web/**/*.md")])
]
Row = dict[str, str]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text()


def blocks(name: str, language: str) -> list[str]:
    """Give the fenced blocks of a language."""
    return [block for each, block in _BLOCK.findall(text(name)) if each == language]


def prose(name: str) -> str:
    """Give the text without fenced blocks."""
    return _BLOCK.sub("", text(name))


def table(name: str, heading: str) -> list[Row]:
    """Give the table under a heading, as rows by column; code marks are taken off a cell that is code alone."""
    section = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", prose(name), re.MULTILINE | re.DOTALL)
    assert section, f"{name} has no heading “{heading}”"
    lines = [line for line in section[1].splitlines() if line.startswith("|")]
    assert lines, f"{name} has no table under “{heading}”"
    cells = [[_bare(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def _bare(cell: str) -> str:
    return cell[1:-1] if re.fullmatch(r"`[^`]*`", cell) else cell


def links(name: str) -> list[str]:
    """Tell what its links lead to, pictures left out."""
    return re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", prose(name))


def pictures(name: str) -> list[str]:
    return re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", prose(name))


def anchors(name: str) -> set[str]:
    """Give the anchors that its headings make."""
    headings = re.findall(r"^#+ (.+)$", prose(name), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
