"""Hold a report as values: sections of paragraphs, points and tables, numbered as reports to committees are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timeline.picture.shapes import Picture

DRAFT = "DRAFT"
"""The mark of a report that nobody has released yet."""


@dataclass(frozen=True)
class Paragraph:
    """Hold a paragraph; in a numbered section it takes the next number, such as 2.1."""

    text: str


@dataclass(frozen=True)
class Points:
    """Hold points under the paragraph before: numbered where their order counts."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """Hold a table with its caption; a cell holds its paragraphs. `widths` are the columns' shares, else equal."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Missing:
    """Hold words for a part that is missing; `to_write` where no record can ever fill it, and its author writes it."""

    text: str
    to_write: bool = False

    @property
    def mark(self) -> str:
        """Say first what it is: a reader must see that something is missing."""
        return "To be written." if self.to_write else "Missing."


@dataclass(frozen=True)
class Figure:
    """Hold a picture with its caption; its own description stands in its place for people who cannot see it."""

    caption: str
    picture: Picture


Part = Paragraph | Points | Table | Missing | Figure


@dataclass(frozen=True)
class Section:
    """Hold a section under its heading; its parts stand in order. One `for_author` is left out once it is released."""

    title: str
    parts: tuple[Part, ...]
    numbered: bool = True
    for_author: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """Hold a report as known on a day. `head` are the lines beside its title: whose it is, by post.

    `kind` is its name on the command line, `footer` says from which record it was made.
    """

    kind: str
    council: str
    meeting: str
    title: str
    as_at: date
    status: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footer: str


@dataclass(frozen=True)
class Numbered:
    """Hold a heading, or a part of a section, with its number; empty where it has none."""

    number: str
    part: Part | str


def numbered(report: Report) -> Iterator[Numbered]:
    """Give the headings (as their words) and parts of a report in order, each with its number."""
    section_number = 0
    for section in report.sections:
        section_number += section.numbered
        yield Numbered(str(section_number) if section.numbered else "", section.title)
        paragraph = 0
        for part in section.parts:
            counts = section.numbered and isinstance(part, Paragraph | Missing)
            paragraph += counts
            yield Numbered(f"{section_number}.{paragraph}" if counts else "", part)
