"""Hold what the inspection said, and what the Secretary of State asks for because of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grade(StrEnum):
    """Name Ofsted's four grades of the ILACS framework (2018 to March 2026), the best first."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement to be good"
    INADEQUATE = "inadequate"


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """Hold an inspection: its framework with the edition, its days on site, and who came as the report words it."""

    framework: str
    edition: str
    from_on: date
    until_on: date
    published_on: date
    inspectors: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Hold the grade of an area that Ofsted judges; `earlier` is that of the inspection before, where it is known."""

    key: str
    area: str
    grade: Grade
    earlier: Grade | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Hold an area for improvement, or a strength, in the words of the report."""

    key: str
    title: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """Hold the direction or the notice: `kind` names it, `because` is its reason, `adviser` the post appointed
    by it.
    """

    kind: str
    issued_on: date
    issued_by: str
    because: str
    adviser: str
    requires: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """Hold an instruction given under a step, and how it was complied with; empty while it was not."""

    given_on: date
    text: str
    complied: str
    complied_on: date | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """Hold a step that the commissioner is expected to take, with its instructions and the evidence brought for it.

    `evidence` are keys. `views` are the views of the council and its partners, which a step may ask for.
    """

    key: str
    title: str
    due_on: date | None
    instructions: tuple[Instruction, ...]
    evidence: tuple[str, ...]
    views: tuple[str, ...]
    source: str
