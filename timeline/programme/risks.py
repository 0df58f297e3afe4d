"""Rate the risks of the programme: a letter for how likely, a number for how grave, as risk registers write it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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


class Band(StrEnum):
    """Name how grave a risk is, from likelihood and impact together."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_BANDS = ((12, Band.HIGH), (6, Band.MEDIUM), (0, Band.LOW))
"""From which weight on. No law draws these lines: B2 is high, C3 medium, D4 low."""


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
    def band(self) -> Band:
        """Tell how grave it is."""
        return next(band for least, band in _BANDS if self.weight >= least)

    @property
    def weight(self) -> int:
        """Give a number that grows with likelihood and impact, from 1 to 24, so that two ratings can be compared."""
        return (len(LIKELIHOODS) - "ABCDEF".index(self.likelihood)) * (len(IMPACTS) + 1 - self.impact)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Hold a rating on a day, by a post, and why it is so. Assessments are added, and none is changed.

    `mitigation` is what is done about the risk since then, beside the rest. `review_on` is the day by which it is to be
    looked at again.
    """

    on: date
    by: str
    rating: Rating
    why: str = ""
    mitigation: str = ""
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Hold a risk with what is done about it, its post, and its assessments in the order of their days.

    `mitigations` and `review_on` are those first stated; an assessment may add to the first, and name a later review.
    """

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
        known = self._known(on)
        return known[-1] if known else None

    def done_about(self, on: date) -> tuple[str, ...]:
        """Give what is done about it on a day."""
        return (*self.mitigations, *(each.mitigation for each in self._known(on) if each.mitigation))

    def next_review_on(self, on: date) -> date | None:
        """Give the day by which it is to be looked at again, as known on a day."""
        named = [each.review_on for each in self._known(on) if each.review_on]
        return named[-1] if named else self.review_on

    def trend(self, on: date) -> int:
        """Tell whether it has grown (1), fallen (-1) or stayed (0) since the assessment before."""
        known = [assessment.rating.weight for assessment in self._known(on)]
        before, now = known[-2:] if len(known) > 1 else (0, 0)
        return (now > before) - (now < before)

    def _known(self, on: date) -> list[Assessment]:
        return [assessment for assessment in self.assessments if assessment.on <= on]
