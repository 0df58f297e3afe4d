"""Facts that always follow another: counted from the later one, a date is the latest it can be."""

from collections.abc import Mapping

from timeline.calendar import Calendars
from timeline.rules.evaluate import evaluate
from timeline.rules.grammar import parse
from timeline.rules.language import Rule, is_series, names
from timeline.rules.outcome import Anchor, Reading

# A council gets Ofsted's report under embargo, days before it is published; the law counts from receipt.
ALWAYS_FOLLOWED_BY: Mapping[str, tuple[str, str]] = {"report_received": ("report_published", "publication")}


def no_later_than(
    rule: Rule | str, *, anchors: Mapping[str, Anchor], calendars: Calendars, local: bool = False
) -> Reading | None:
    """The reading of a waiting rule counted from the fact that always follows the missing one.

    The true date is that or earlier. None when the rule waits for nothing, is a series, or nothing is known.
    """
    rule = parse(rule) if isinstance(rule, str) else rule
    missing = next((name for name in names(rule) if name not in anchors), "")
    later, words = ALWAYS_FOLLOWED_BY.get(missing, ("", ""))
    if later not in anchors or is_series(rule):
        return None
    found = evaluate(rule, anchors={**anchors, missing: anchors[later]}, calendars=calendars, local=local)
    if found.legal_on is None:
        return None
    return Reading(f"no later than (counted from {words})", found.legal_on, found.working_on)
