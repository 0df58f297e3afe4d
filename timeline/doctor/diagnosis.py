"""Hold the outcome of an examination: of each part that it is well, or its troubles, each with a remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_WELL, _TROUBLE = "well", "TROUBLE"


class Trouble(NamedTuple):
    """Hold a trouble as a sentence, and what to do about it as another, which begins with its verb."""

    fault: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Hold the state of a part that people know by `part`. `seen` is what shows that it is well."""

    part: str
    troubles: tuple[Trouble, ...] = ()
    seen: str = ""

    @property
    def is_well(self) -> bool:
        """Tell whether nothing is wrong with it."""
        return not self.troubles

    def lines(self) -> tuple[str, ...]:
        """Give a line for a person: that it is well, or a line for each trouble."""
        if self.is_well:
            return (f"{_WELL:<8} {self.part:<10} {self.seen}",)
        return tuple(f"{_TROUBLE:<8} {self.part:<10} {fault} {remedy}" for fault, remedy in self.troubles)

    def objects(self) -> tuple[Mapping[str, object], ...]:
        """Give the same for a program: an object for each line."""
        if self.is_well:
            return ({"part": self.part, "well": True, "seen": self.seen},)
        return tuple({"part": self.part, "well": False, **trouble._asdict()} for trouble in self.troubles)


def examined(part: str, troubles: Iterable[Trouble], *, seen: str) -> Diagnosis:
    """Make the diagnosis of a part of its troubles, mostly none."""
    return Diagnosis(part=part, troubles=tuple(troubles), seen=seen)
