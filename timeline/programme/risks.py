"""Rates the risks of the programme: a letter for how likely, a number for how grave, as risk registers write it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

LIKELIHOODS = {
    "A": "very high",
    "B": "high",
    "C": "significant",
    "D": "low",
    "E": "very low",
    "F": "almost impossible",
}
"""From the likeliest down; the letters of English councils' risk registers."""
IMPACTS = {1: "catastrophic", 2: "critical", 3: "marginal", 4: "negligible"}
"""From the gravest down."""
_RATING = re.compile(r"([A-F])([1-4])")


@dataclass(frozen=True, order=True)
class Rating:
    """Hold a rating such as B2; the gravest sorts first."""

    likelihood: str
    impact: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "B2". Raises ValueError with a sentence."""
        matched = _RATING.fullmatch(text.strip().upper())
        if not matched:
            raise ValueError(f"found “{text}”, expected a letter for likelihood and a number for impact, such as B2")
        return cls(matched[1], int(matched[2]))

    def __str__(self) -> str:
        return f"{self.likelihood}{self.impact}"

    @property
    def words(self) -> str:
        """Give words such as "high likelihood, critical impact"."""
        return f"{LIKELIHOODS[self.likelihood]} likelihood, {IMPACTS[self.impact]} impact"

    @property
    def weight(self) -> int:
        """Give a number that grows with likelihood and impact, from 1 to 24, so that two ratings can be compared."""
        return (len(LIKELIHOODS) - "ABCDEF".index(self.likelihood)) * (len(IMPACTS) + 1 - self.impact)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Hold a rating on a day, by a post, and why it is so. Assessments are added, and none is changed."""

    on: date
    by: str
    rating: Rating
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Hold a risk with what is done about it, its post, and its assessments in the order of their days."""

    key: str
    title: str
    description: str
    mitigations: tuple[str, ...]
    owner: str
    review_on: date | None
    assessments: tuple[Assessment, ...]
    source: str

    def assessed(self, on: date) -> Assessment | None:
        """Give the assessment that holds on a day."""
        known = [assessment for assessment in self.assessments if assessment.on <= on]
        return known[-1] if known else None

    def trend(self, on: date) -> int:
        """Tell whether it has grown (1), fallen (-1) or stayed (0) since the assessment before."""
        known = [assessment.rating.weight for assessment in self.assessments if assessment.on <= on]
        before, now = known[-2:] if len(known) > 1 else (0, 0)
        return (now > before) - (now < before)
