"""Say of a rule what kind it is and how surely it is known: two things, so that nothing but law is called law."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class RuleKind(StrEnum):
    """Name the kind of a rule. An improvement notice is no direction: it is not made under a statute."""

    LAW = "law"
    DIRECTION = "direction"
    NOTICE = "notice"
    FRAMEWORK = "framework"
    PROMISE = "promise"
    PRACTICE = "practice"


class Certainty(StrEnum):
    """Name how surely a rule is known."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    OBSERVED = "observed"
    INFERRED = "inferred"


# The meaning of each kind that is neither law nor a direction, as people read it; practice stands by itself.
_NOT_LAW: Mapping[RuleKind, str] = {
    RuleKind.NOTICE: "an improvement notice, not law",
    RuleKind.FRAMEWORK: "the regulator's, not law",
    RuleKind.PROMISE: "promised in public, not law",
}
_KNOWN: Mapping[Certainty, str] = {
    Certainty.VERIFIED: "checked in the source itself",
    Certainty.SECONDARY: "reported by others, not checked in the source itself",
    Certainty.OBSERVED: "worked out from dated cases",
    Certainty.INFERRED: "our own reading, which no source states",
}


@dataclass(frozen=True)
class Standing:
    """Hold the kind of a rule with its certainty."""

    kind: RuleKind
    certainty: Certainty

    @property
    def binds(self) -> bool:
        """Tell whether its date is a legal date: law or a direction states it, and not our own reading."""
        stated = self.certainty in (Certainty.VERIFIED, Certainty.SECONDARY)
        return stated and self.kind in (RuleKind.LAW, RuleKind.DIRECTION)

    @property
    def is_law(self) -> bool:
        """Tell whether its date is a legal date."""
        return self.binds and self.kind is RuleKind.LAW

    @property
    def is_own(self) -> bool:
        """Tell whether the council made the rule itself, so that it may move the date too."""
        return self.kind in (RuleKind.PROMISE, RuleKind.PRACTICE)

    @property
    def as_our_reading(self) -> "Standing":
        """Give the standing of another day than the source states; what the council made itself stays as it is."""
        return replace(self, certainty=Certainty.INFERRED) if self.binds else self

    @property
    def meaning(self) -> str:
        """Say both in words, such as "framework, observed: the regulator's, not law; worked out from dated cases"."""
        if self.kind is RuleKind.PRACTICE:
            return f"{self.certainty.value}: the council's own practice, not law"
        words = "; ".join(filter(None, (_NOT_LAW.get(self.kind, ""), _KNOWN[self.certainty])))
        return f"{self.kind.value}, {self.certainty.value}: {words}"

    @property
    def sentence(self) -> str:
        """Say both in a sentence that stands by itself."""
        return f"{self.meaning[:1].upper()}{self.meaning[1:]}."


LAW = Standing(RuleKind.LAW, Certainty.VERIFIED)
PRACTICE = Standing(RuleKind.PRACTICE, Certainty.INFERRED)
STATED = Standing(RuleKind.PROMISE, Certainty.SECONDARY)
"""The standing of a day that Ofsted or the council stated before the law's own: it is worked to, and no legal date."""


@dataclass(frozen=True, kw_only=True)
class LawText:
    """Hold a text that rules rest on: its place, what it says in our words, and when it was read.

    `read_on` is None for a text that nobody here has read; `known_by` then says from where it is known.
    """

    provision: str
    says: str
    address: str = ""
    read_on: date | None = None
    known_by: str = ""


_ACT = re.compile(r"\bAct \d{4}\b|\bSI \d{4}/\d+|\b[Rr]egulation \d+")
_DIRECTION = re.compile(r"\b[Ss]tatutory direction\b")
LOCAL = "local"
"""The old word for council practice, beside the certainties of other rules."""


def standing_of(status: str, basis: str) -> Standing:
    """Read the old status of a rule, which told kind and certainty in a single word; ValueError for another word.

    Law has to be named in the basis; what is well sourced and names no law was the regulator's framework.
    """
    if status == LOCAL:
        return PRACTICE
    if _DIRECTION.search(basis):
        kind = RuleKind.DIRECTION
    else:
        kind = RuleKind.LAW if _ACT.search(basis) else RuleKind.FRAMEWORK
    return Standing(kind, Certainty(status))
