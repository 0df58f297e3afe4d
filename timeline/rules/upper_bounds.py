"""Find upper bounds: a date counted from a fact that always follows the missing fact is the latest it can be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.wording import long_date
from timeline.rules.evaluate import evaluate
from timeline.rules.outcome import Anchor, Outcome, Reading
from timeline.rules.parse import parse
from timeline.rules.rule import is_series


@dataclass(frozen=True)
class Later:
    """Hold a fact that always comes on or after another, in the words of a reading."""

    name: str
    words: str


# A council gets Ofsted's report under embargo, days before it is published; the law counts from receipt.
ALWAYS_FOLLOWED_BY: Mapping[str, Later] = {"report_received": Later("report_published", "publication")}


def bounded(outcome: Outcome, *, anchors: Mapping[str, Anchor], calendars: Calendars) -> Outcome:
    """Add the reading "no later than" to a waiting outcome, when the fact that follows the missing fact is known.

    Any other outcome, and the outcome of a series, is returned as it is. Raises what `evaluate` raises.
    """
    missing = next(iter(outcome.waits_for), "")
    later = ALWAYS_FOLLOWED_BY.get(missing)
    if later is None or later.name not in anchors or is_series(parse(outcome.rule)):
        return outcome
    known = {**anchors, missing: anchors[later.name]}
    latest = evaluate(outcome.rule, anchors=known, calendars=calendars, local=True)
    if latest.legal_on is None:
        return outcome
    reading = Reading(f"no later than (counted from {later.words})", latest.legal_on, latest.working_on)
    step = (
        f"{later.name} always follows {missing}: counted from {long_date(anchors[later.name].on)} the date is "
        f"{long_date(latest.legal_on)} at the latest, and earlier if {missing} was earlier."
    )
    return replace(outcome, readings=(*outcome.readings, reading), steps=(*outcome.steps, step))
