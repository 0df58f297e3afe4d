"""Give measures, risks and evidence the colour in which they stand on a day, with its reason."""

from datetime import date
from typing import NamedTuple

from timeline.calendar.london import months_after
from timeline.calendar.wording import short_date
from timeline.escalation.rag import Rag
from timeline.programme.gaps import VALUE_EVERY_MONTHS
from timeline.programme.measures import Measure
from timeline.programme.papers import Evidence
from timeline.programme.risks import Band, Risk

_SOON_MONTHS = 1
"""Evidence that expires within so many months is amber: newer evidence takes time to bring."""
_OF_BAND = {Band.HIGH: Rag.RED, Band.MEDIUM: Rag.AMBER, Band.LOW: Rag.GREEN}


class Coloured(NamedTuple):
    """Hold a colour with its reason, as a sentence."""

    rag: Rag
    why: str


def rate_measure(measure: Measure, *, on: date) -> Coloured:
    """Rate a measure by its last value against its target and its baseline; an old value is amber at best."""
    value = measure.value(on)
    if value is None:
        return Coloured(Rag.GREY, "It has no value yet.")
    if measure.is_better(value) is False:
        return Coloured(Rag.RED, "It is worse than at the baseline.")
    if months_after(value.on, VALUE_EVERY_MONTHS) < on:
        return Coloured(Rag.AMBER, f"Nobody has given a value since {short_date(value.on)}.")
    met = measure.meets_target(value)
    if met:
        return Coloured(Rag.GREEN, "Its target is met.")
    if measure.is_better(value):
        reached = " Its target is not met yet." if met is False else ""
        return Coloured(Rag.GREEN if met is None else Rag.AMBER, f"It is better than at the baseline.{reached}")
    return Coloured(Rag.GREY, "It is not known to be better or worse than at the baseline.")


def rate_risk(risk: Risk, *, on: date) -> Coloured:
    """Rate a risk by likelihood and impact; a review that is over its day makes it amber at least."""
    assessed, review_on = risk.assessed(on), risk.next_review_on(on)
    if assessed is None:
        return Coloured(Rag.GREY, "Nobody has assessed it yet.")
    rag, words = _OF_BAND[assessed.rating.band], f"{assessed.rating}: {assessed.rating.words}."
    if review_on and review_on < on:
        late = f" Its review was due on {short_date(review_on)}."
        return Coloured(Rag.AMBER if rag is Rag.GREEN else rag, words + late)
    return Coloured(rag, words)


def rate_evidence(evidence: Evidence, *, on: date) -> Coloured:
    """Rate evidence by when it expires."""
    expires_on = evidence.expires_on
    if expires_on is None:
        return Coloured(Rag.GREEN, "It does not expire.")
    if evidence.has_expired(on):
        return Coloured(Rag.RED, f"It expired on {short_date(expires_on)}.")
    soon = expires_on <= months_after(on, _SOON_MONTHS)
    return Coloured(Rag.AMBER if soon else Rag.GREEN, f"It expires on {short_date(expires_on)}.")
